using DepthPro.Network.Graphs;
using DepthPro.Training.Gradients;
using static DepthPro.Network.Graphs.Ops;

namespace DepthPro.Training.Tests.Gradients;

/// <summary>Small graphs, at least one for each operator that has a gradient rule.</summary>
internal static class GradientCases
{
    public static readonly IReadOnlyDictionary<string, Func<Graph, Value>> Of = new Dictionary<string, Func<Graph, Value>>
    {
        ["Add, broadcast"] = g => X(g, 2, 3, 4) + Y(g, 3, 1),
        ["Sub, broadcast"] = g => X(g, 3, 1) - Y(g, 2, 1, 4),
        ["Mul by itself"] = g => X(g, 5).Square(),
        ["Mul, broadcast"] = g => X(g, 2, 3, 4) * Y(g, 4),
        ["Div, broadcast"] = g => X(g, 2, 3) / (Y(g, 3).Abs() + 1),
        ["Max and Min"] = g => X(g, 4, 4).Clamp(-0.5f, 0.5f),
        ["Where"] = g => X(g, 4, 4).Where(Y(g, 4, 4).Above(0), 3),
        ["Where, otherwise"] = g => g.Emit("Where", new(3, 3), [g.Emit("Cast", new(3, 3), [Y(g, 3, 3).Above(0)], ("to", 9L)), g.Constant(1f), X(g, 3, 3)]),
        ["Abs"] = g => X(g, 6).Abs(),
        ["Sqrt"] = g => (X(g, 6).Abs() + 0.1f).Sqrt(),
        ["Exp"] = g => X(g, 6).Exp(),
        ["Reciprocal"] = g => (X(g, 6).Abs() + 1).Reciprocal(),
        ["Tan"] = g => X(g, 6).Tan(),
        ["Relu"] = g => X(g, 3, 5).Relu(),
        ["LeakyRelu"] = g => X(g, 3, 5).Relu(leak: 0.1f),
        ["Gelu"] = g => (X(g, 5, 5) * 4).Gelu(),
        ["Softmax"] = g => X(g, 2, 3, 5).Softmax(),
        ["LayerNormalization"] = g => X(g, 2, 3, 8).LayerNorm(W(g)),
        ["ReduceSum"] = g => X(g, 2, 3, 4).Sum(0, 2),
        ["ReduceMean"] = g => X(g, 2, 3, 4).Mean(1),
        ["Expand"] = g => X(g, 2, 1, 3).Expand(new(2, 4, 3)),
        ["TopK, which lets none pass"] = g => X(g, 2, 7) * X(g, 2, 7).Above(X(g, 2, 7).Smallest(3).Slice(1, 2..)),
        ["MatMul, batch by batch"] = g => X(g, 2, 3, 4).MatMul(Y(g, 2, 4, 5)),
        ["MatMul, batch by matrix"] = g => X(g, 2, 3, 4).MatMul(Y(g, 4, 5)),
        ["MatMul, matrix by batch"] = g => X(g, 3, 4).MatMul(Y(g, 2, 4, 5)),
        ["Linear"] = g => X(g, 2, 3, 4).Linear(W(g), 5),
        ["Conv 1"] = g => X(g, 2, 3, 4, 5).Conv(W(g), 4, kernel: 1),
        ["Conv 3, padded"] = g => X(g, 2, 3, 5, 6).Conv(W(g), 4, kernel: 3, padding: 1),
        ["Conv 3, bare"] = g => X(g, 1, 2, 5, 6).Conv(W(g), 2, kernel: 3, bias: false),
        ["Conv 3, stride 2"] = g => X(g, 2, 3, 8, 8).Conv(W(g), 2, kernel: 3, stride: 2, padding: 1),
        ["Conv 3, stride 2, odd"] = g => X(g, 1, 2, 7, 9).Conv(W(g), 2, kernel: 3, stride: 2, padding: 1),
        ["Conv 4, stride 2"] = g => X(g, 1, 2, 8, 7).Conv(W(g), 2, kernel: 4, stride: 2, padding: 1),
        ["Conv of patches"] = g => X(g, 2, 3, 8, 8).Conv(W(g), 5, kernel: 4, stride: 4),
        ["Conv over all"] = g => X(g, 2, 3, 2, 2).Conv(W(g), 1, kernel: 2),
        ["Upsample"] = g => X(g, 2, 3, 2, 3).Upsample(W(g), 2, bias: true),
        ["DepthToSpace"] = g => g.Emit("DepthToSpace", new(2, 2, 6, 3), [X(g, 2, 18, 2, 1)], ("blocksize", 3L), ("mode", "CRD")),
        ["Reshape"] = g => X(g, 2, 6).Reshape(3, 4),
        ["Transpose"] = g => X(g, 2, 3, 4, 5).Permute(2, 0, 3, 1),
        ["Concat"] = g => Concat(1, X(g, 2, 3), Y(g, 2, 2), X(g, 2, 3)),
        ["Slice, tiles"] = g => Pieces(X(g, 6, 2), ..2, 2..3, 3..6),
        ["Slice, tiles of a part"] = g => Pieces(X(g, 6, 2), 1..2, 2..5),
        ["Slice, gaps"] = g => Pieces(X(g, 6, 2), ..1, 4..5),
        ["Slice, overlapping"] = g => Pieces(X(g, 6, 2), ..4, 2..6),
        ["Slice, along two dimensions"] = g => Concat(0, X(g, 4, 4).Slice(0, 1..3), X(g, 4, 4).Slice(1, ..3).Slice(0, 2..).Reshape(2, 3).Pad(1, after: 1), X(g, 4, 4)),
        ["Slice, rectangle"] = g => X(g, 1, 2, 4, 5).Crop(1..3, 2..5),
        ["Pad"] = g => X(g, 2, 3).Pad(1, before: 2, after: 1),
        ["Resize, halved"] = g => X(g, 1, 2, 4, 6).Shrink(2),
        ["Resize, third"] = g => X(g, 1, 1, 6, 9).Shrink(3),
        ["Resize, quarter"] = g => X(g, 1, 1, 8, 8).Shrink(4),
    };

    private static Value X(Graph graph, params int[] shape) => Input(graph, "x", shape);

    private static Value Y(Graph graph, params int[] shape) => Input(graph, "y", shape);

    private static Value Input(Graph graph, string name, int[] shape) => graph.Inputs.SingleOrDefault(input => input.Name == name) ?? graph.Input(name, shape);

    private static Weights W(Graph graph) => new Weights(graph)["w"];

    private static Value Pieces(Value x, params Range[] ranges) => Concat(0, [.. ranges.Select((range, i) => x.Slice(0, range) * (i + 1f))]);
}
