using DepthPro.Network.Graphs;
using static DepthPro.Network.Graphs.Ops;

namespace DepthPro.Training.Gradients;

/// <summary>An operation made of single steps, so that its gradient can use what they computed on the way. On a CPU the steps are also the faster way where ONNX Runtime's operator computes one number
/// at a time. Not thread-safe, as its graph is not.</summary>
/// <param name="Inner">The last step that is differentiated at once; those after it are by their own rules.</param>
/// <param name="X">What it is differentiated by: the operation's first input.</param>
/// <param name="Rule">The loss's gradient by <paramref name="X"/>, given that by <paramref name="Inner"/>.</param>
internal sealed record GradientForm(Value Inner, Value X, Func<Value, Value> Rule)
{
    /// <summary>Takes an operation apart.</summary>
    public delegate (Value Output, GradientForm Form) Maker(Node node);

    /// <summary>The operators that are taken apart.</summary>
    public static readonly IReadOnlyDictionary<string, Maker> Of = new Dictionary<string, Maker>
    {
        ["LayerNormalization"] = LayerNormalization,
        ["Gelu"] = Gelu,
        ["DepthToSpace"] = DepthToSpace,
    };

    // With n the normalised x and d the gradient by it, dx = (d - mean(d) - n mean(d n)) / deviation.
    private static (Value, GradientForm) LayerNormalization(Node node)
    {
        var (x, last) = (node.Input(0), node.Input(0).Shape.Length - 1);
        var centred = x - x.Mean(last);
        var inverseDeviation = (centred.Square().Mean(last) + node.Attribute<float>("epsilon")).Sqrt().Reciprocal();
        var n = centred * inverseDeviation;
        return (n * node.Input(1) + node.Input(2), new(n, x, d => (d - d.Mean(last) - n * (d * n).Mean(last)) * inverseDeviation));
    }

    // x P(x) with the normal distribution's P, whose slope is P(x) + x p(x). With v = x / sqrt(2), P is (1 + erf(v)) / 2 and x p is v exp(-v v) / sqrt(pi).
    private static (Value, GradientForm) Gelu(Node node)
    {
        var x = node.Input(0);
        var v = x * MathF.Sqrt(0.5f);
        var probability = x.Graph.Emit("HardSigmoid", x.Shape, [v.Erf()], ("alpha", 0.5f), ("beta", 0.5f)); // scales and shifts in one operation
        var y = x * probability;
        return (y, new(y, x, d => d * (v / v.Square().Exp() * (1 / MathF.Sqrt(MathF.PI)) + probability))); // where the exponential overflows the quotient is 0, as it should be
    }

    // The pixels of a row are interleaved, then the rows: two transpositions of three and four dimensions, which ONNX Runtime does by blocks, instead of one of six.
    private static (Value, GradientForm) DepthToSpace(Node node)
    {
        var (x, factor) = (node.Input(0), (int)node.Attribute<long>("blocksize"));
        var (n, c, h, w) = (x.Shape[0], x.Channels / (factor * factor), x.Shape[2], x.Shape[3]);
        var rows = x.Reshape(n * c * factor, factor, h * w).Permute(0, 2, 1);
        var y = rows.Reshape(n * c, factor, h, w * factor).Permute(0, 2, 1, 3).Reshape(n, c, h * factor, w * factor);
        Value Every(Value map, int row, int column) => map.Graph.Emit("Slice", new(n, c, h, w),
            [map, map.Graph.Constant(row, column), map.Graph.Constant((long)h * factor, w * factor), map.Graph.Constant(2L, 3), map.Graph.Constant((long)factor, factor)]);
        IEnumerable<Value> Pixels(Value d) => from row in Enumerable.Range(0, factor) from column in Enumerable.Range(0, factor) select Every(d, row, column).Reshape(n, c, 1, h, w);
        return (y, new(y, x, d => Concat(2, [.. Pixels(d)]).Reshape(x.Shape.ToArray())));
    }
}
