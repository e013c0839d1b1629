using System.Numerics.Tensors;
using DepthPro.Network.Onnx;

namespace DepthPro.Network.Graphs;

/// <summary>A convolution's bias as weights of further input channels, all of whose pixels are one number. Thread-safe.</summary>
internal static class BiasChannels
{
    /// <summary>How many there are: ONNX Runtime's kernels take input channels by fours, and each holds a share of the bias.</summary>
    public const int Count = 4;

    /// <summary>What is added to the channels' equal pixels and weights before they are rounded, in steps of the rounding: so that not all are rounded up or all down, and their sum is four times as exact.</summary>
    public static IReadOnlyList<float> Steps { get; } = [-3f / 8, -1f / 8, 1f / 8, 3f / 8];

    /// <summary>The weight with that of the further channels, in the middle of the kernel: outside of the map, where a convolution sees zeros, there is no bias either.</summary>
    /// <param name="weight">(outputs, inputs, k, k), k odd.</param>
    /// <param name="bias">(outputs).</param>
    /// <returns>(outputs, inputs + <see cref="Count"/>, k, k).</returns>
    public static DerivedParameter Weight(Parameter weight, Parameter bias)
    {
        var (outputs, inputs, kernel) = (weight.Shape[0], weight.Shape[1], weight.Shape[2] * weight.Shape[3]);
        return weight.Graph.Derive($"{weight.Path}+{bias.Path}", weight.Shape.With(1, inputs + Count), [weight, bias], values =>
        {
            var (result, pixel) = (new float[outputs * (inputs + Count) * kernel], PixelOf(values[0], values[1]));
            for (var output = 0; output < outputs; output++)
            {
                var weights = values[0].AsSpan(output * inputs * kernel, inputs * kernel);
                var row = result.AsSpan(output * (inputs + Count) * kernel);
                weights.CopyTo(row);
                var share = pixel == 0 ? 0 : values[1][output] / (Count * pixel);
                var largest = Math.Max(Math.Abs(TensorPrimitives.MaxMagnitude(weights)), Math.Abs(share));
                for (var channel = 0; channel < Count; channel++)
                {
                    row[(inputs + channel) * kernel + kernel / 2] = Math.Clamp(share + largest / WeightQuantization.Largest * Steps[channel], -largest, largest);
                }
            }
            return result;
        });
    }

    /// <summary>What their pixels are, (1).</summary>
    public static DerivedParameter Pixel(Parameter weight, Parameter bias)
        => weight.Graph.Derive($"{weight.Path}+{bias.Path}.pixel", new(1), [weight, bias], values => [PixelOf(values[0], values[1])]);

    // The least with which no weight of theirs is larger than the others' largest: an output's weights are rounded by their largest, and a map by its largest pixel.
    private static float PixelOf(float[] weight, float[] bias)
    {
        var (largestWeight, largestBias) = (weight.Max(Math.Abs), bias.Max(Math.Abs));
        return largestBias / (Count * (largestWeight == 0 ? 1 : largestWeight));
    }
}
