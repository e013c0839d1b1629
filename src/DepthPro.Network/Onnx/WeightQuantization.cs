using System.Numerics.Tensors;
using DepthPro.Network.Graphs;

namespace DepthPro.Network.Onnx;

/// <summary>Rounds a layer's weight to integers, each output's or each block's by its own scale. Pure; thread-safe.</summary>
internal static class WeightQuantization
{
    /// <summary>The largest integer. Seven bits, not eight: without VNNI, x64 sums two products with unsigned activations in 16 bits, which 2 x 255 x 64 still fits.</summary>
    /// <remarks>Source: ONNX Runtime, "Quantize ONNX models", on reduce_range.</remarks>
    public const int Largest = 63;

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
    /// <param name="scales">For each row, what 1 stands for; 1 of a row of zeros.</param>
    public static void Rows(ReadOnlySpan<float> values, Span<sbyte> integers, Span<float> scales)
    {
        var columns = values.Length / scales.Length;
        for (var row = 0; row < scales.Length; row++)
        {
            scales[row] = ScaleFor(TensorPrimitives.MaxMagnitude(values.Slice(row * columns, columns)));
            for (var i = row * columns; i < (row + 1) * columns; i++) { integers[i] = Round(values[i], scales[row]); }
        }
    }

    /// <summary>A linear layer's weight in blocks of inputs, packed for MatMulNBits. An integer above or below half of what its bits hold is a weight above or below 0.</summary>
    /// <remarks>Source: ONNX Runtime, docs/ContribOperators.md, MatMulNBits; contrib_ops/cpu/quantization/matmul_nbits_helper.h for the last block.</remarks>
    /// <param name="values">(outputs, inputs) as in the checkpoint; finite.</param>
    /// <param name="inputs">Of the layer.</param>
    /// <param name="bits">4 or 8.</param>
    /// <param name="integers">(outputs, blocks, bytes of a block); of two in a byte the lower bits are the first. Past the inputs stands what is 0.</param>
    /// <param name="scales">(outputs, blocks): what 1 stands for; below 0 where the block's largest weight is above, for there is one integer more below; 1 of a block of zeros.</param>
    public static void Blocks(ReadOnlySpan<float> values, int inputs, int bits, Span<byte> integers, Span<float> scales)
    {
        var (zero, bytes, block) = (1 << (bits - 1), GraphForm.WeightBlock * bits / 8, 0);
        integers.Clear();
        for (var row = 0; row < values.Length; row += inputs)
        {
            for (var first = 0; first < inputs; first += GraphForm.WeightBlock, block++)
            {
                var weights = values.Slice(row + first, Math.Min(GraphForm.WeightBlock, inputs - first));
                var scale = TensorPrimitives.MaxMagnitude(weights) / -zero;
                scales[block] = scale = scale == 0 ? 1 : scale;
                var packed = integers.Slice(block * bytes, bytes);
                for (var i = 0; i < GraphForm.WeightBlock; i++)
                {
                    var integer = i < weights.Length ? (int)Math.Clamp(MathF.Round(weights[i] / scale) + zero, 0, 2 * zero - 1) : zero;
                    packed[i * bits / 8] |= (byte)(integer << (i * bits % 8));
                }
            }
        }
    }

    private static float ScaleFor(float largest) => largest == 0 ? 1 : Math.Abs(largest) / Largest;

    private static sbyte Round(float value, float scale) => (sbyte)Math.Clamp(MathF.Round(value / scale), -Largest, Largest);
}
