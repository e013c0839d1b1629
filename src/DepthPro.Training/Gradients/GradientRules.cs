using DepthPro.Network.Graphs;
using static DepthPro.Network.Graphs.Ops;

namespace DepthPro.Training.Gradients;

/// <summary>The loss's gradient by one input of an operation, given that by its output. What the operator broadcast, <see cref="Differentiation"/> sums up again.</summary>
internal delegate Value GradientRule(Backward b, int input);

/// <summary>One gradient rule for each differentiable ONNX operator that network and losses use, but for those that <see cref="GradientForm"/> takes apart. Thread-safe.</summary>
internal static class GradientRules
{
    /// <summary>Operators whose output does not change with small changes of the input, or is taken as if: no gradient passes.</summary>
    public static readonly IReadOnlySet<string> Flat = new HashSet<string> { "Cast", "Equal", "Floor", "GatherElements", "Greater", "Sign", "TopK" };

    public static readonly IReadOnlyDictionary<string, GradientRule> Of = new Dictionary<string, GradientRule>
    {
        ["Add"] = (b, i) => b.Dy,
        ["Sub"] = (b, i) => i == 0 ? b.Dy : b.Dy * -1,
        ["Mul"] = (b, i) => b.Dy * b[1 - i],
        ["Div"] = (b, i) => i == 0 ? b.Dy / b[1] : b.Dy * b.Y / b[1] * -1,
        ["Max"] = (b, i) => b.Dy * b[i].EqualTo(b.Y),
        ["Min"] = (b, i) => b.Dy * b[i].EqualTo(b.Y),
        ["Where"] = (b, i) => b.Graph.Emit("Where", b.Y.Shape, i == 1 ? [b[0], b.Dy, b.Graph.Constant(0f)] : [b[0], b.Graph.Constant(0f), b.Dy]),

        ["Abs"] = (b, _) => b.Dy * b.X.Sign(),
        ["Sqrt"] = (b, _) => b.Dy / b.Y * 0.5f,
        ["Exp"] = (b, _) => b.Dy * b.Y,
        ["Reciprocal"] = (b, _) => b.Dy * b.Y.Square() * -1,
        ["Sin"] = (b, _) => b.Dy * b.Graph.Emit("Cos", b.X.Shape, [b.X]),
        ["Cos"] = (b, _) => b.Dy * b.Graph.Emit("Sin", b.X.Shape, [b.X]) * -1,
        ["Relu"] = (b, _) => b.Dy * IsPositive(b.Y),
        ["LeakyRelu"] = (b, _) => b.Dy * (b.X.Above(0) * (1 - b.Attribute<float>("alpha")) + b.Attribute<float>("alpha")),
        ["Softmax"] = (b, _) => (b.Dy - (b.Dy * b.Y).Sum(b.Y.Shape.Length - 1)) * b.Y,

        ["ReduceSum"] = (b, _) => b.Dy.Expand(b.X.Shape),
        ["ReduceMean"] = (b, _) => (b.Dy * ((float)b.Y.Shape.Count / b.X.Shape.Count)).Expand(b.X.Shape),
        ["Expand"] = (b, _) => b.Dy,

        ["MatMul"] = MatMul,
        ["Conv"] = ConvolutionGradients.Of,

        ["Reshape"] = (b, _) => b.Dy.Reshape(b.X.Shape.ToArray()),
        ["Transpose"] = (b, _) => b.Dy.Permute(Inverse(b.Attribute<long[]>("perm"))),
        ["Concat"] = (b, i) => b.Dy.Slice((int)b.Attribute<long>("axis"), Place(b, i)),
        ["Slice"] = (b, _) => PadBack(b),
        ["Pad"] = (b, _) => CutBack(b),
        ["Resize"] = (b, _) => Unshrink(b.Dy, b.X.Shape),
    };

    // So steep that all float numbers above 0 but the denormal ones give 1: one operation for a comparison and a conversion.
    private static Value IsPositive(Value x) => x.Graph.Emit("HardSigmoid", x.Shape, [x], ("alpha", 1e38f), ("beta", 0f));

    private static Value MatMul(Backward b, int input)
    {
        if (input == 0) { return b.Dy.MatMul(b[1].Transposed()); }
        // A matrix that a batch was multiplied with: one product over all rows of the batch, not a sum of products.
        Value Rows(Value x) => x.Reshape((int)(x.Shape.Count / x.Shape[^1]), x.Shape[^1]);
        return b[1].Shape.Length == 2 ? Rows(b.X).Transposed().MatMul(Rows(b.Dy)) : b.X.Transposed().MatMul(b.Dy);
    }

    private static int[] Inverse(long[] permutation) => [.. permutation.Select((from, to) => (from, to)).OrderBy(p => p.from).Select(p => p.to)];

    private static Range Place(Backward b, int input)
    {
        var axis = (int)b.Attribute<long>("axis");
        var start = Enumerable.Range(0, input).Sum(i => b[i].Shape[axis]);
        return start..(start + b[input].Shape[axis]);
    }

    private static Value PadBack(Backward b)
    {
        var (starts, ends, axes) = (b.Integers(1), b.Integers(2), b.Integers(3));
        var (rank, pads) = (b.X.Shape.Length, new long[2 * b.X.Shape.Length]);
        for (var i = 0; i < axes.Count; i++) { (pads[axes[i]], pads[rank + axes[i]]) = (starts[i], b.X.Shape[(int)axes[i]] - ends[i]); }
        return b.Graph.Emit("Pad", b.X.Shape, [b.Dy, b.Graph.Constant(pads)], ("mode", "constant"));
    }

    private static Value CutBack(Backward b)
    {
        var pads = b.Integers(1);
        return Enumerable.Range(0, b.X.Shape.Length).Aggregate(b.Dy, (x, axis) => x.Slice(axis, (int)pads[axis]..^(int)pads[b.X.Shape.Length + axis]));
    }

    // Shrinking by a whole factor means the middle pixel of each square, or the mean of the middle four.
    private static Value Unshrink(Value map, Shape shape)
    {
        var factor = shape[2] / map.Shape[2];
        float Weight(int i) => factor % 2 == 1 ? i == factor / 2 ? 1 : 0 : i == factor / 2 || i == factor / 2 - 1 ? 0.5f : 0;
        var square = map.Graph.Tensor([.. Enumerable.Range(0, factor * factor).Select(i => Weight(i / factor) * Weight(i % factor))], 1, 1, 1, factor, 1, factor);
        return (map.Reshape(shape[0], shape[1], map.Shape[2], 1, map.Shape[3], 1) * square).Reshape(shape.ToArray());
    }
}
