using DepthPro.Network.Graphs;

namespace DepthPro.Training.Gradients;

/// <summary>Makes gradients a graph's outputs, in an order in which ONNX Runtime computes each as soon as it can. Not thread-safe, as the graph is not.</summary>
/// <remarks>ONNX Runtime orders operations by searching from those whose result no other reads, beginning with the last in the file. Without further ado most gradients by weights and biases would come
/// after the whole way back to the first layer: all that they are made of would be kept, and read again from main memory.</remarks>
internal static class GradientOutputs
{
    /// <param name="graph">A graph with gradients.</param>
    /// <param name="gradients">By the outputs' names, which have the gradient's elements as a matrix; null for none.</param>
    public static void Add(Graph graph, IEnumerable<(string Name, Value? Gradient)> gradients)
    {
        var places = graph.Nodes.Index().ToDictionary(node => node.Item.Output, node => node.Index);
        foreach (var (name, gradient) in gradients.OrderByDescending(g => g.Gradient is null ? -1 : places.GetValueOrDefault(g.Gradient, -1)).ToList())
        {
            if (gradient is null) { continue; }
            // An operation that changes nothing, and that no optimisation removes, fuses or moves to another place.
            var rows = gradient.Shape[0];
            graph.Output(name, graph.Emit("Flatten", new(rows, (int)(gradient.Shape.Count / rows)), [gradient], ("axis", 1L)));
        }
    }
}
