using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using DepthPro.Preprocessing;

namespace DepthPro.Depth;

/// <summary>Turns the network's canonical inverse depth into metres at the photo's size. Pure; thread-safe.</summary>
/// <remarks>Source: ml-depth-pro, <c>depth_pro.py</c>, <c>DepthPro.infer</c>, in its order and float32 rounding.</remarks>
public static class MetricDepth
{
    /// <summary>Inverse depths, 1/m, are clamped to this much at least: nothing is farther than 10 km.</summary>
    public const float MinInverseDepth = 1e-4f;

    /// <summary>Inverse depths, 1/m, are clamped to this much at most: nothing is nearer than 0.1 mm.</summary>
    public const float MaxInverseDepth = 1e4f;

    /// <summary>Scales C by W / f, resizes it (bilinear, torch's rule) to the photo's size, clamps it, and takes the reciprocal.</summary>
    /// <param name="inverseDepth">C, the canonical inverse depth, (side, side), row by row. NaN stays NaN, as it does in the reference, and
    /// spreads to the pixels interpolated from it; infinities end at the clamps unless interpolation makes NaN of them.</param>
    /// <param name="side">O, the side of <paramref name="inverseDepth"/>.</param>
    /// <param name="width">Width of the photo and the result, pixels.</param>
    /// <param name="height">Height of the photo and the result, pixels.</param>
    /// <param name="focalLengthPixels">Focal length, pixels of the photo; finite and positive.</param>
    /// <param name="source">Where the focal length comes from; handed on.</param>
    /// <returns>Depths in [1e-4, 1e4] m, or NaN.</returns>
    /// <exception cref="ArgumentException">A size is not positive or does not fit <paramref name="inverseDepth"/>, or the focal length is
    /// not finite and positive.</exception>
    public static DepthMap FromInverseDepth(ReadOnlySpan<float> inverseDepth, int side, int width, int height, float focalLengthPixels, FocalLengthSource source)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (inverseDepth.Length != (long)side * side)
        {
            throw new ArgumentException($"Canonical inverse depth has {inverseDepth.Length} values; expected {side} x {side} = {(long)side * side}.", nameof(inverseDepth));
        }
        if (!float.IsFinite(focalLengthPixels) || focalLengthPixels <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(focalLengthPixels), focalLengthPixels,
                $"Focal length is {focalLengthPixels} pixels (source: {source}); expected a finite number above 0. Give the photo's focal length in pixels.");
        }

        var scaled = GC.AllocateUninitializedArray<float>(inverseDepth.Length);
        // torch evaluates "W / f" as f's reciprocal times W.
        TensorPrimitives.Multiply(inverseDepth, 1f / focalLengthPixels * width, scaled);
        // Zeroing would cost more than all the arithmetic here.
        var meters = GC.AllocateUninitializedArray<float>(checked(width * height));
        BilinearResize.Plane(scaled, side, side, meters, width, height);
        InvertClamped(meters);
        return DepthMap.Adopt(width, height, meters, focalLengthPixels, source);
    }

    private static void InvertClamped(Span<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var (min, max) = (new Vector<float>(MinInverseDepth), new Vector<float>(MaxInverseDepth));
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = Vector<float>.One / Vector.Min(Vector.Max(vectors[i], min), max);
        }
        for (var i = vectors.Length * Vector<float>.Count; i < values.Length; i++)
        {
            values[i] = 1f / Math.Min(Math.Max(values[i], MinInverseDepth), MaxInverseDepth);
        }
    }
}
