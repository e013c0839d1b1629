namespace DepthPro.Network.Graphs;

/// <summary>A map (N, C, H, W) in 8-bit integers: scale x (integer - zero). Not thread-safe, as its graph is not.</summary>
/// <param name="Values">0 to 255.</param>
/// <param name="Scale">What 1 stands for, (1).</param>
/// <param name="Zero">The integer that stands for 0, (1): 0 for a map without negative values, else 128.</param>
internal sealed record Integers(Value Values, Value Scale, Value Zero)
{
    private const float SmallestRange = 1e-6f; // of a map of zeros: a scale is not 0

    /// <summary>A map, rounded by its range.</summary>
    /// <param name="x">The map.</param>
    /// <param name="signed">Whether negative values are kept; else they become 0: <see cref="Ops.Relu"/> and rounding in one.</param>
    /// <param name="next">What convolves it.</param>
    public static Integers Of(Value x, bool signed, IntegerConv next)
    {
        var (scale, zero) = Range(x, enlarged: 1, signed, next);
        return new(Round(x, scale, zero), scale, zero);
    }

    /// <summary>The map in float32.</summary>
    public Value Dequantize() => Values.Graph.Emit("DequantizeLinear", Values.Shape, [Values, Scale, Zero]);

    /// <summary>Floats by this map's range.</summary>
    public Value Round(Value x) => Round(x, Scale, Zero);

    /// <summary>Scale and zero by the largest value of a map, or of a sample of it.</summary>
    /// <param name="x">The map.</param>
    /// <param name="enlarged">Times the largest value.</param>
    /// <param name="signed">As for <see cref="Of"/>.</param>
    /// <param name="next">What convolves the map; null if nothing does.</param>
    public static (Value Scale, Value Zero) Range(Value x, float enlarged, bool signed, IntegerConv? next)
    {
        var graph = x.Graph;
        Value Extreme(string op) => graph.Emit(op, new([]), [x], ("keepdims", 0L));
        List<Value> bounds = [Extreme("ReduceMax") * enlarged, graph.Constant(SmallestRange)];
        if (signed) { bounds.Add(Extreme("ReduceMin") * -enlarged); }
        if (next?.BiasPixel is { } pixel) { bounds.Add(pixel); }
        return (graph.Emit("Max", new(1), bounds) * (1f / (signed ? 127 : 255)), graph.Constant(signed ? 128f : 0f).Cast(ElementType.UInt8));
    }

    private static Value Round(Value x, Value scale, Value zero) => x.Graph.Emit("QuantizeLinear", x.Shape, [x, scale, zero]);
}
