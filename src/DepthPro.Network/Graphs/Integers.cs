namespace DepthPro.Network.Graphs;

/// <summary>A map (N, C, H, W) in 8-bit integers: scale x (integer - zero). Not thread-safe, as its graph is not.</summary>
/// <param name="Values">0 to 255.</param>
/// <param name="Scale">What 1 stands for, (1).</param>
/// <param name="Zero">The integer that stands for 0, (1): 0 for a map without negative values, else 128.</param>
internal sealed record Integers(Value Values, Value Scale, Value Zero)
{
    private const long UInt8 = 2, Int8 = 3, Int32 = 6, Float = 1; // TensorProto.DataType

    // A convolution's range must be known before it runs; it is taken from about so many of its rows and columns, and enlarged, for what lies between them may be larger. What is larger still is cut off.
    private const int SampledSide = 48;
    private const float Enlarged = 1.2f;

    // Of a map of zeros alone or nearly so, so that a bias is no more than an integer holds.
    private const float SmallestRange = 1e-2f, LargestBias = 1e9f;

    /// <summary>A map, its negative values as 0: <see cref="Ops.Relu"/> and rounding in one.</summary>
    public static Integers OfPositive(Value x)
    {
        var (scale, zero) = (ScaleFor(Largest(x), signed: false), ZeroOf(x.Graph, signed: false));
        return new(x.Graph.Emit("QuantizeLinear", x.Shape, [x, scale, zero]), scale, zero);
    }

    /// <summary>Square convolution that keeps the size, with a bias.</summary>
    /// <param name="w">Where the weights are, of as many outputs as inputs.</param>
    /// <param name="kernel">Its side, odd.</param>
    /// <param name="signed">Whether negative results are kept; else they become 0.</param>
    public Integers Conv(Weights w, int kernel, bool signed)
    {
        using var scope = w.Enter();
        var (graph, shape, channels) = (w.Graph, Values.Shape, Values.Channels);
        var (weight, bias) = (w.ReadParameter("weight", channels, channels, kernel, kernel), w.ReadParameter("bias", channels));
        var weightScale = graph.Quantize(weight);
        var unit = Scale * weightScale; // what 1 stands for in a sum of products

        var stride = Math.Max(1, shape[2] / SampledSide);
        int Sampled(int side) => (side - 1) / stride + 1;
        (string, object)[] Attributes(int step) => [("kernel_shape", new long[] { kernel, kernel }), ("strides", new long[] { step, step }), ("pads", Enumerable.Repeat((long)kernel / 2, 4).ToArray())];
        var sums = Cast(graph.Emit("ConvInteger", new(shape[0], channels, Sampled(shape[2]), Sampled(shape[3])), [Values, weight, Zero], Attributes(stride)), Float);
        var sample = sums * unit.Reshape(channels, 1, 1) + bias.Reshape(channels, 1, 1);

        var (scale, zero) = (ScaleFor(Largest(signed ? graph.Emit("Abs", sample.Shape, [sample]) : sample) * Enlarged, signed), ZeroOf(graph, signed));
        var integerBias = (unit.Reciprocal() * bias).Clamp(-LargestBias, LargestBias);
        integerBias = Cast(graph.Emit("Round", integerBias.Shape, [integerBias]), Int32);
        var values = graph.Emit("QLinearConv", shape, [Values, Scale, Zero, weight, weightScale, Cast(graph.Constant(0f), Int8), scale, zero, integerBias], Attributes(1));
        return new(values, scale, zero);
    }

    /// <summary>The map in float32.</summary>
    public Value Dequantize() => Values.Graph.Emit("DequantizeLinear", Values.Shape, [Values, Scale, Zero]);

    private static Value ScaleFor(Value largest, bool signed)
        => largest.Graph.Emit("Max", new(1), [largest, largest.Graph.Constant(SmallestRange)]) * (1f / (signed ? 127 : 255));

    private static Value ZeroOf(Graph graph, bool signed) => Cast(graph.Constant(signed ? 128f : 0f), UInt8);

    private static Value Largest(Value x) => x.Graph.Emit("ReduceMax", new([]), [x], ("keepdims", 0L));

    private static Value Cast(Value x, long type) => x.Graph.Emit("Cast", x.Shape, [x], ("to", type));
}
