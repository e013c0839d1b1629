using System.Numerics.Tensors;

namespace DepthPro.Network.Onnx;

/// <summary>Rounds a matrix to 8-bit integers, each column by its own scale. Pure; thread-safe.</summary>
internal static class ColumnQuantization
{
    // Seven bits, not eight: without VNNI, x64 sums two products with unsigned activations in 16 bits, which 2 x 255 x 64 still fits.
    // Source: ONNX Runtime, "Quantize ONNX models", on reduce_range.
    private const int Largest = 63;

    /// <param name="values">(rows, columns); finite.</param>
    /// <param name="integers">(rows, columns), -63 to 63.</param>
    /// <param name="scales">For each column, what 1 stands for; 1 of a column of zeros.</param>
    public static void Quantize(ReadOnlySpan<float> values, Span<sbyte> integers, Span<float> scales)
    {
        var columns = scales.Length;
        scales.Clear();
        for (var row = 0; row < values.Length; row += columns) { TensorPrimitives.MaxMagnitude(scales, values.Slice(row, columns), scales); }
        for (var column = 0; column < columns; column++) { scales[column] = scales[column] == 0 ? 1 : Math.Abs(scales[column]) / Largest; }
        for (var row = 0; row < values.Length; row += columns)
        {
            for (var column = 0; column < columns; column++)
            {
                integers[row + column] = (sbyte)Math.Clamp(MathF.Round(values[row + column] / scales[column]), -Largest, Largest);
            }
        }
    }
}
