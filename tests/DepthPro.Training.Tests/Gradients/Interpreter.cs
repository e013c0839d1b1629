using DepthPro.Network.Graphs;

namespace DepthPro.Training.Tests.Gradients;

/// <summary>Runs a graph in double precision by the plainest code: the slow twin of ONNX Runtime, written from the operators' definitions (onnx/docs/Operators.md).</summary>
internal static class Interpreter
{
    /// <summary>All values of a graph.</summary>
    /// <param name="graph">What to run.</param>
    /// <param name="given">Its inputs and parameters, these laid out as the graph reads them.</param>
    /// <param name="until">The last value needed; null for all.</param>
    public static Dictionary<Value, Tensor> Run(Graph graph, IReadOnlyDictionary<Value, double[]> given, Value? until = null)
    {
        var values = given.ToDictionary(g => g.Key, g => new Tensor(g.Key.Shape.ToArray(), g.Value));
        foreach (var constant in graph.Constants)
        {
            values[constant] = new(constant.Shape.ToArray(), [.. constant.Integers?.Select(n => (double)n) ?? constant.Floats?.Select(n => (double)n) ?? []]);
        }
        Compute(graph.Nodes, values, until);
        return values;
    }

    /// <summary>The values again after some inputs or parameters changed: only what depends on these is computed.</summary>
    public static Dictionary<Value, Tensor> Again(Graph graph, IReadOnlyDictionary<Value, Tensor> before, IReadOnlyDictionary<Value, double[]> changed, Value until)
    {
        var values = new Dictionary<Value, Tensor>(before);
        foreach (var (value, numbers) in changed) { values[value] = new(value.Shape.ToArray(), numbers); }
        var stale = changed.Keys.ToHashSet();
        Compute(graph.Nodes.Where(node =>
        {
            var depends = node.Inputs.Any(input => input is not null && stale.Contains(input));
            if (depends) { stale.UnionWith(node.Outputs); }
            return depends;
        }), values, until);
        return values;
    }

    private static void Compute(IEnumerable<Node> nodes, Dictionary<Value, Tensor> values, Value? until)
    {
        foreach (var node in nodes)
        {
            var operation = Operators.Of.TryGetValue(node.Op, out var known) ? known : throw new NotSupportedException($"The interpreter has no operator {node.Op}.");
            foreach (var (output, tensor) in node.Outputs.Zip(operation(new(node, [.. node.Inputs.Select(input => input is null ? null : values[input])]))))
            {
                Assert.True(output.Shape == tensor.Shape, $"{node.Op} '{node.Name}' makes [{string.Join(", ", tensor.Shape)}]; the graph says {output.Shape}.");
                values[output] = tensor;
            }
            if (node.Output == until) { return; }
        }
    }
}
