using System.Numerics.Tensors;

namespace DepthPro.Network.Onnx;

/// <summary>Rounds a layer's weight to 8-bit integers, each output's by its own scale. Pure; thread-safe.</summary>
internal static class WeightQuantization
{
    // Seven bits, not eight: without VNNI, x64 sums two products with unsigned activations in 16 bits, which 2 x 255 x 64 still fits.
    // Source: ONNX Runtime, "Quantize ONNX models", on reduce_range.
    private const int Largest = 63;

    // A convolution's output whose weights are so much smaller than the tensor's largest is rounded as if they were not: its bias is rounded by the same scale, to an integer of 32 bits.
    private const float SmallestOfLargest = 1e-3f;

    /// <summary>A weight whose outputs are its columns.</summary>
    /// <param name="values">(rows, columns); finite.</param>
    /// <param name="integers">(rows, columns), -63 to 63.</param>
    /// <param name="scales">For each column, what 1 stands for; 1 of a column of zeros.</param>
    public static void Columns(ReadOnlySpan<float> values, Span<sbyte> integers, Span<float> scales)
    {
        var columns = scales.Length;
        scales.Clear();
        for (var row = 0; row < values.Length; row += columns) { TensorPrimitives.MaxMagnitude(scales, values.Slice(row, columns), scales); }
        for (var column = 0; column < columns; column++) { scales[column] = ScaleFor(scales[column]); }
        for (var row = 0; row < values.Length; row += columns)
        {
            for (var column = 0; column < columns; column++) { integers[row + column] = Round(values[row + column], scales[column]); }
        }
    }

    /// <summary>A weight whose outputs are its rows.</summary>
    /// <param name="values">(rows, columns); finite.</param>
    /// <param name="integers">(rows, columns), -63 to 63.</param>
    /// <param name="scales">For each row, what 1 stands for; 1 in a tensor of zeros.</param>
    public static void Rows(ReadOnlySpan<float> values, Span<sbyte> integers, Span<float> scales)
    {
        var (columns, least) = (values.Length / scales.Length, SmallestOfLargest * Math.Abs(TensorPrimitives.MaxMagnitude(values)));
        for (var row = 0; row < scales.Length; row++)
        {
            scales[row] = ScaleFor(Math.Max(least, Math.Abs(TensorPrimitives.MaxMagnitude(values.Slice(row * columns, columns)))));
            for (var i = row * columns; i < (row + 1) * columns; i++) { integers[i] = Round(values[i], scales[row]); }
        }
    }

    private static float ScaleFor(float largest) => largest == 0 ? 1 : Math.Abs(largest) / Largest;

    private static sbyte Round(float value, float scale) => (sbyte)Math.Clamp(MathF.Round(value / scale), -Largest, Largest);
}
