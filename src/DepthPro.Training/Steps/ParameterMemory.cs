using DepthPro.Network.Graphs;
using DepthPro.Network.Onnx;

namespace DepthPro.Training;

/// <summary>All parameters in one array, and arrays like it for gradients and Adam's two moments of those that learn: a tensor is a window of each. Not thread-safe.</summary>
internal sealed class ParameterMemory
{
    private const int Alignment = 16; // floats: a cache line

    // Floats: enough to outweigh what it costs to hand out a piece of work, few enough to share it out evenly.
    private const int WindowLength = 1 << 15;

    private readonly Dictionary<string, (Parameter Parameter, int Start)> _places = [];

    public ParameterMemory(IEnumerable<Parameter> parameters, IReadOnlyList<ParameterGroup> groups, int shards, int atOnce)
    {
        var byGroup = parameters.ToLookup(parameter => groups.Index().Where(g => g.Item.Holds(parameter.Path)).Select(g => g.Index).FirstOrDefault(groups.Count));
        var (end, ranges) = (0, new List<Range>());
        for (var group = 0; group <= groups.Count; group++)
        {
            var start = end;
            foreach (var parameter in byGroup[group])
            {
                _places.Add(parameter.Path, (parameter, end));
                end = checked(end + ((int)parameter.Shape.Count + Alignment - 1) / Alignment * Alignment);
            }
            ranges.Add(start..end);
        }
        var learning = ranges[^1].Start.Value; // the frozen ones come last
        (Groups, Learning) = ([.. ranges.SkipLast(1)], [.. Enumerable.Range(0, groups.Count).SelectMany(group => byGroup[group])]);
        Values = new float[end];
        ShardGradients = [.. Enumerable.Range(0, atOnce).Select(_ => new float[learning])];
        Gradient = shards == 1 ? ShardGradients[0] : new float[learning];
        (Mean, MeanSquare) = (new float[learning], new float[learning]);
    }

    /// <summary>The parameters that learn, in the order in which they lie.</summary>
    public IReadOnlyList<Parameter> Learning { get; }

    /// <summary>Where each group's parameters lie.</summary>
    public IReadOnlyList<Range> Groups { get; }

    public float[] Values { get; }

    /// <summary>The gradients of shards that run at once.</summary>
    public IReadOnlyList<float[]> ShardGradients { get; }

    /// <summary>The gradient of all shards, which is that of a single one.</summary>
    public float[] Gradient { get; }

    /// <summary>Adam's running mean of the gradients.</summary>
    public float[] Mean { get; }

    /// <summary>Adam's running mean of the squared gradients.</summary>
    public float[] MeanSquare { get; }

    /// <summary>A parameter's window of one of the arrays.</summary>
    public Memory<float> WindowOf(Parameter parameter, float[] array) => array.AsMemory(_places[parameter.Path].Start, (int)parameter.Shape.Count);

    /// <summary>Reads an array from a checkpoint's tensors.</summary>
    public void Load(float[] array, ParameterReader read)
    {
        foreach (var (parameter, _) in _places.Values.Where(place => place.Start < array.Length))
        {
            var window = WindowOf(parameter, array).Span;
            read(parameter.Path, window);
            if (parameter.Transposed) { Transpose(window, parameter.CheckpointShape[0], parameter.CheckpointShape[1]); }
        }
    }

    /// <summary>A tensor of one of the arrays as the checkpoint has it.</summary>
    public float[] Store(float[] array, string path)
    {
        var parameter = _places[path].Parameter;
        var values = WindowOf(parameter, array).ToArray();
        if (parameter.Transposed) { Transpose(values, parameter.Shape[0], parameter.Shape[1]); }
        return values;
    }

    /// <summary>A group's range in pieces that work is done by.</summary>
    public static IEnumerable<Range> Windows(Range group)
    {
        for (var start = group.Start.Value; start < group.End.Value; start += WindowLength) { yield return start..Math.Min(start + WindowLength, group.End.Value); }
    }

    private static void Transpose(Span<float> matrix, int rows, int columns)
    {
        var source = matrix.ToArray();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++) { matrix[column * rows + row] = source[row * columns + column]; }
        }
    }
}
