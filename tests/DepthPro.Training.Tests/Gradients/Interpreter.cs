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
        foreach (var node in graph.Nodes)
        {
            var operation = Operators.Of.TryGetValue(node.Op, out var known) ? known : throw new NotSupportedException($"The interpreter has no operator {node.Op}.");
            foreach (var (output, tensor) in node.Outputs.Zip(operation(new(node, [.. node.Inputs.Select(input => input is null ? null : values[input])]))))
            {
                Assert.True(output.Shape == tensor.Shape, $"{node.Op} '{node.Name}' makes [{string.Join(", ", tensor.Shape)}]; the graph says {output.Shape}.");
                values[output] = tensor;
            }
            if (node.Output == until) { break; }
        }
        return values;
    }
}
