using DepthPro.Network.Graphs;

namespace DepthPro.Training.Runs;

/// <summary>The order in which ONNX Runtime runs a graph's operations: each end of the graph, the last one first, with all that leads to it and has not run yet. Thread-safe.</summary>
/// <remarks>Source: onnxruntime, <c>core/graph/graph_viewer.cc</c>, GraphViewer, and <c>core/graph/graph.cc</c>, Graph::ReverseDFSFrom (ExecutionOrder::DEFAULT).</remarks>
internal static class RunOrder
{
    public static IReadOnlyList<Node> Of(Graph graph)
    {
        var makers = graph.Nodes.Index().SelectMany(node => node.Item.Outputs.Select(output => (output, node.Index))).ToDictionary(pair => pair.output, pair => pair.Index);
        var read = graph.Nodes.SelectMany(node => node.Inputs.OfType<Value>()).ToHashSet();
        var ordered = new List<Node>();
        var seen = new bool[graph.Nodes.Count];
        var stack = new Stack<(int Node, bool Leaves)>(graph.Nodes.Index().Where(node => !node.Item.Outputs.Any(read.Contains)).Select(node => (node.Index, false)));
        while (stack.TryPop(out var next))
        {
            if (next.Leaves) { ordered.Add(graph.Nodes[next.Node]); }
            if (next.Leaves || seen[next.Node]) { continue; }
            seen[next.Node] = true;
            stack.Push((next.Node, true));
            foreach (var maker in graph.Nodes[next.Node].Inputs.OfType<Value>().Where(makers.ContainsKey).Select(input => makers[input]).Where(maker => !seen[maker]).Distinct().Order()) { stack.Push((maker, false)); }
        }
        return ordered;
    }
}
