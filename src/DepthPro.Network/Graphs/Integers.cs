namespace DepthPro.Network.Graphs;

/// <summary>A map (N, C, H, W) in 8-bit integers: scale x (integer - zero). Not thread-safe, as its graph is not.</summary>
/// <param name="Values">0 to 255.</param>
/// <param name="Scale">What 1 stands for, (1).</param>
/// <param name="Zero">The integer that stands for 0, (1): 0 for a map without negative values, else 128.</param>
internal sealed record Integers(Value Values, Value Scale, Value Zero)
{
    private const long UInt8 = 2, Int8 = 3, Int32 = 6, Float = 1; // TensorProto.DataType

    // A convolution's range must be known before it runs; it is taken from pixels on a grid of about this side, and enlarged, for what lies between them may be larger. What is larger still is cut off.
    private const int SampledSide = 32;
    private const float Enlarged = 1.2f;

    // Of a map of zeros alone or nearly so: a bias is rounded by it, and should be no more than an integer holds.
    private const float SmallestRange = 1e-2f, LargestBias = 2e9f;

    /// <summary>A map, rounded by its range.</summary>
    /// <param name="x">The map.</param>
    /// <param name="signed">Whether negative values are kept; else they become 0: <see cref="Ops.Relu"/> and rounding in one.</param>
    public static Integers Of(Value x, bool signed)
    {
        var largest = signed ? x.Graph.Emit("Max", new([]), [Largest(x), Extreme("ReduceMin", x) * -1]) : Largest(x);
        var (scale, zero) = (ScaleFor(largest, signed), ZeroOf(x.Graph, signed));
        return new(x.Graph.Emit("QuantizeLinear", x.Shape, [x, scale, zero]), scale, zero);
    }

    /// <summary>Square convolution that keeps the size.</summary>
    /// <param name="w">Where the weights are.</param>
    /// <param name="channels">Of the result.</param>
    /// <param name="kernel">Its side, odd.</param>
    /// <param name="signed">Whether negative results are kept; else they become 0.</param>
    /// <param name="hasBias">Whether it adds a bias.</param>
    public Integers Conv(Weights w, int channels, int kernel, bool signed, bool hasBias = true)
    {
        using var scope = w.Enter();
        var (graph, shape) = (w.Graph, Values.Shape);
        var weight = w.ReadParameter("weight", channels, Values.Channels, kernel, kernel);
        var bias = hasBias ? w.ReadParameter("bias", channels) : null;
        var weightScale = graph.Quantize(weight);
        var unit = Scale * weightScale; // what 1 stands for in a sum of products

        var stride = Math.Max(1, (int)Math.Sqrt((double)shape[2] * shape[3]) / SampledSide);
        int Sampled(int side) => (side - 1) / stride + 1;
        (string, object)[] Attributes(int step) => [("kernel_shape", new long[] { kernel, kernel }), ("strides", new long[] { step, step }), ("pads", Enumerable.Repeat((long)kernel / 2, 4).ToArray())];
        var sums = Cast(graph.Emit("ConvInteger", new(shape[0], channels, Sampled(shape[2]), Sampled(shape[3])), [Values, weight, Zero], Attributes(stride)), Float);
        var sample = sums * unit.Reshape(channels, 1, 1);
        if (bias is not null) { sample += bias.Reshape(channels, 1, 1); }

        var (scale, zero) = (ScaleFor(Largest(signed ? graph.Emit("Abs", sample.Shape, [sample]) : sample) * Enlarged, signed), ZeroOf(graph, signed));
        var values = graph.Emit("QLinearConv", new(shape[0], channels, shape[2], shape[3]),
            [Values, Scale, Zero, weight, weightScale, Cast(graph.Constant(0f), Int8), scale, zero, bias is null ? null : Rounded((unit.Reciprocal() * bias).Clamp(-LargestBias, LargestBias))], Attributes(1));
        return new(values, scale, zero);
    }

    /// <summary>The map in float32.</summary>
    public Value Dequantize() => Values.Graph.Emit("DequantizeLinear", Values.Shape, [Values, Scale, Zero]);

    private static Value ScaleFor(Value largest, bool signed)
        => largest.Graph.Emit("Max", new(1), [largest, largest.Graph.Constant(SmallestRange)]) * (1f / (signed ? 127 : 255));

    private static Value ZeroOf(Graph graph, bool signed) => Cast(graph.Constant(signed ? 128f : 0f), UInt8);

    private static Value Rounded(Value x) => Cast(x.Graph.Emit("Round", x.Shape, [x]), Int32);

    private static Value Largest(Value x) => Extreme("ReduceMax", x);

    private static Value Extreme(string op, Value x) => x.Graph.Emit(op, new([]), [x], ("keepdims", 0L));

    private static Value Cast(Value x, long type) => x.Graph.Emit("Cast", x.Shape, [x], ("to", type));
}
