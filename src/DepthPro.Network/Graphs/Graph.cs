using System.Globalization;

namespace DepthPro.Network.Graphs;

/// <summary>A network as operations in the order they run, with the inputs, parameters and constants they read.</summary>
/// <param name="name">What the graph computes.</param>
/// <param name="form">Its operators where there is a choice; null for <see cref="GraphForm.Plain"/>.</param>
/// <remarks>Not thread safe. Modules are named as in the checkpoint, so <c>graph["decoder.fusions.1"]</c> is what PyTorch's module of that name returns; what layers return that <see cref="GraphForm.MergedLayers"/> merges is not there.</remarks>
public sealed class Graph(string name, GraphForm? form = null)
{
    private readonly List<Node> _nodes = [];
    private readonly List<Value> _inputs = [];
    private readonly List<Value> _outputs = [];
    private readonly Dictionary<string, Parameter> _parameters = [];
    private readonly Dictionary<string, DerivedParameter> _derived = [];
    private readonly Dictionary<string, Constant> _constants = [];
    private readonly Dictionary<Value, Value> _scales = [];
    private readonly Dictionary<string, Value> _modules = [];
    private readonly HashSet<string> _names = [];
    private string _scope = "";

    /// <summary>What the graph computes, for the file's metadata.</summary>
    public string Name => name;

    /// <summary>Its operators where there is a choice.</summary>
    public GraphForm Form { get; } = form ?? GraphForm.Plain;

    /// <summary>The operations, each after those it depends on.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>The tensors a caller supplies.</summary>
    public IReadOnlyList<Value> Inputs => _inputs;

    /// <summary>The tensors a caller receives.</summary>
    public IReadOnlyList<Value> Outputs => _outputs;

    /// <summary>The tensors read from the checkpoint, in order of first use.</summary>
    public IReadOnlyCollection<Parameter> Parameters => _parameters.Values;

    /// <summary>Those that a model keeps. Training goes on from all of them, but from none that is rounded to integers: of such a graph, those that operations read.</summary>
    internal IReadOnlyCollection<Parameter> StoredParameters
        => Form.QuantizedLayers ? [.. Parameters.Intersect(_nodes.SelectMany(node => node.Inputs).OfType<Parameter>())] : Parameters;

    /// <summary>Tensors computed from those.</summary>
    internal IReadOnlyCollection<DerivedParameter> DerivedParameters => _derived.Values;

    /// <summary>Shapes, scales and the like.</summary>
    public IReadOnlyCollection<Constant> Constants => _constants.Values;

    /// <summary>The names that <see cref="this[string]"/> knows.</summary>
    public IReadOnlyCollection<string> Modules => _modules.Keys;

    /// <summary>What a module returned.</summary>
    /// <exception cref="KeyNotFoundException">No module of that name is in the graph.</exception>
    public Value this[string module] => _modules.TryGetValue(module, out var value)
        ? value
        : throw new KeyNotFoundException($"Graph '{name}' has no module '{module}'; it has {string.Join(", ", _modules.Keys.Take(5))} and {Math.Max(0, _modules.Count - 5)} more.");

    /// <summary>Declares an input.</summary>
    public Value Input(string inputName, params int[] shape)
    {
        var value = new Value(this, Unique(inputName), shape);
        _inputs.Add(value);
        return value;
    }

    /// <summary>Declares an output, and gives the tensor that name.</summary>
    public void Output(string outputName, Value value)
    {
        value.Name = Unique(outputName);
        _outputs.Add(value);
    }

    /// <summary>Names the operations that follow after a module, until disposed.</summary>
    internal Scope Enter(string module)
    {
        var outer = _scope;
        _scope = module;
        return new(this, outer);
    }

    internal Value Emit(string op, Shape shape, IReadOnlyList<Value?> inputs, params IReadOnlyList<(string, object)> attributes)
        => EmitSeveral(op, [shape], inputs, attributes)[0];

    /// <summary>Emits an operation of several outputs; a null shape is that of one not wanted.</summary>
    internal IReadOnlyList<Value> EmitSeveral(string op, IReadOnlyList<Shape?> shapes, IReadOnlyList<Value?> inputs, params IReadOnlyList<(string, object)> attributes)
    {
        var nodeName = Unique(_scope.Length == 0 ? op : $"{_scope}/{op}");
        Value[] outputs = [.. shapes.Select((shape, i) => shape is { } wanted ? new Value(this, i == 0 ? nodeName : Unique($"{nodeName}:{i}"), wanted) : new Value(this, "", new([])))];
        _nodes.Add(new(nodeName, op, inputs, outputs, attributes));
        return outputs;
    }

    /// <summary>Drops the operations that no output depends on.</summary>
    internal void Prune()
    {
        var needed = new HashSet<Value>(_outputs);
        var kept = new List<Node>();
        foreach (var node in Enumerable.Reverse(_nodes).Where(node => node.Outputs.Any(needed.Contains)))
        {
            needed.UnionWith(node.Inputs.OfType<Value>());
            kept.Add(node);
        }
        kept.Reverse();
        _nodes.Clear();
        _nodes.AddRange(kept);
    }

    /// <summary>Puts operations in the place of one whose result they compute; whoever read it reads theirs.</summary>
    /// <param name="node">An operation of one output.</param>
    /// <param name="by">Emits the operations; what it returns is the last one's output, which becomes the replaced one's.</param>
    internal void Replace(Node node, Func<Value> by)
    {
        var (place, start) = (_nodes.IndexOf(node), _nodes.Count);
        using (Enter(node.Name))
        {
            if (by() != _nodes[^1].Output) { throw new ArgumentException($"{node.Op} '{node.Name}' is to be replaced by a result that the last operation does not compute.", nameof(by)); }
        }
        var made = _nodes[start..];
        made[^1] = made[^1] with { Outputs = node.Outputs };
        _nodes.RemoveRange(start, made.Count);
        _nodes.RemoveAt(place);
        _nodes.InsertRange(place, made);
    }

    internal Value Constant(params float[] values) => Remember($"float[{string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)))}]", constantName => new(this, constantName, values));

    internal Value Constant(params long[] values) => Remember($"int[{string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)))}]", constantName => new(this, constantName, values));

    internal Parameter Parameter(string path, Shape shape, bool transposed)
    {
        if (!_parameters.TryGetValue(path, out var parameter))
        {
            _parameters[path] = parameter = new(this, Unique(path), shape, transposed);
        }
        return parameter.CheckpointShape == shape && parameter.Transposed == transposed
            ? parameter
            : throw new ArgumentException($"Parameter '{path}' is used as {shape} and as {parameter.CheckpointShape}; expected one use.");
    }

    /// <summary>A tensor computed from parameters when the model is written; one for each name.</summary>
    internal DerivedParameter Derive(string wanted, Shape shape, IReadOnlyList<Parameter> sources, Func<IReadOnlyList<float[]>, float[]> compute)
    {
        if (!_derived.TryGetValue(wanted, out var derived)) { _derived[wanted] = derived = new(this, Unique(wanted), shape, sources, compute); }
        return derived.Shape == shape && derived.Sources.SequenceEqual(sources)
            ? derived
            : throw new ArgumentException($"Derived parameter '{wanted}' is used as {shape} and as {derived.Shape}, or made of other parameters; expected one use.");
    }

    /// <summary>The scales of a weight that is read as integers, for each of its outputs one or one for each block; null of one that is read as it is.</summary>
    internal Value? ScaleOf(Value weight) => _scales.GetValueOrDefault(weight);

    /// <summary>Has a layer's weight read as 8-bit integers: a linear layer's, whose outputs are its columns, or a convolution's, whose outputs come first.</summary>
    /// <param name="weight">A parameter, or what is derived from some.</param>
    /// <returns>Its scales.</returns>
    internal Value Quantize(Value weight)
        => Scale(weight, new(weight.Shape[weight is Parameter { Transposed: true } ? 1 : 0]));

    /// <summary>Has a linear layer's weight read in blocks of integers, of <see cref="GraphForm.WeightOnlyBits"/> each; the last block of an output may lack inputs.</summary>
    /// <returns>Its scales, (outputs, blocks).</returns>
    internal Value QuantizeBlocks(Parameter weight)
        => Scale(weight, new(weight.CheckpointShape[0], (weight.CheckpointShape[1] + GraphForm.WeightBlock - 1) / GraphForm.WeightBlock));

    internal Value Module(string path, Value value) => _modules[path] = value;

    private Value Scale(Value weight, Shape shape) => ScaleOf(weight) ?? (_scales[weight] = new(this, Unique($"{weight.Name}.scale"), shape));

    private Constant Remember(string constantName, Func<string, Constant> make)
        => _constants.TryGetValue(constantName, out var known) ? known : _constants[constantName] = make(Unique(constantName));

    private string Unique(string wanted)
    {
        var unique = wanted;
        for (var i = 1; !_names.Add(unique); i++) { unique = $"{wanted}_{i}"; }
        return unique;
    }

    internal readonly ref struct Scope(Graph graph, string outer) : IDisposable
    {
        public void Dispose() => graph._scope = outer;
    }
}
