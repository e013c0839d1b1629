using DepthPro.Metrics;

namespace DepthPro;

/// <summary>How many of an object's outlines a depth map has, when the truth is not depth but the object's matte. Immutable, thread-safe; its functions are pure.</summary>
/// <remarks>
/// <para>The object is taken to be nearer than what surrounds it. Along each row and column the prediction's contours are thinned: of
/// neighbouring contours only the strongest stays, so that blurred edges count once. There is no precision, because the matte knows one
/// object only.</para>
/// <para>Depths below 1e-6 m count as 1e-6. A pixel that is NaN or infinite in the map or the matte takes part in no pair of either.</para>
/// <para>Source: ml-depth-pro, <c>eval/boundary_metrics.py</c>, <c>SI_boundary_Recall</c>, to whose counts in float32 these are equal.</para>
/// </remarks>
/// <param name="Recall">0..1, higher is better, the weighted mean over the thresholds; 0 when the matte has no outline; NaN when
/// <paramref name="ValidPixels"/> is 0.</param>
/// <param name="ValidPixels">Pixels that are finite in the map and the matte.</param>
public readonly record struct MaskBoundaryMetrics(double Recall, long ValidPixels)
{
    /// <summary>Compares a depth map with a matte of the same size.</summary>
    /// <param name="prediction">Predicted depth.</param>
    /// <param name="mask">(Height, Width) alpha in 0..1, row by row.</param>
    /// <param name="options">Thresholds; null for the reference's.</param>
    /// <exception cref="ArgumentException">The matte does not have the map's size, or the options are out of range.</exception>
    public static MaskBoundaryMetrics Of(DepthMap prediction, ReadOnlySpan<float> mask, BoundaryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return Of(prediction.Meters, mask, prediction.Width, prediction.Height, options);
    }

    /// <summary>Compares a depth map with a matte of the same size.</summary>
    /// <param name="prediction">(height, width), row by row; metres or any multiple of them.</param>
    /// <param name="mask">(height, width) alpha in 0..1, row by row.</param>
    /// <param name="width">Pixels; positive.</param>
    /// <param name="height">Pixels; positive.</param>
    /// <param name="options">Thresholds; null for the reference's.</param>
    /// <exception cref="ArgumentException">A span does not have width x height values, or the options are out of range.</exception>
    public static MaskBoundaryMetrics Of(ReadOnlySpan<float> prediction, ReadOnlySpan<float> mask, int width, int height, BoundaryOptions? options = null)
    {
        MapSizes.Require(prediction.Length, width, height, nameof(prediction));
        MapSizes.Require(mask.Length, width, height, nameof(mask));
        options ??= new();
        var thresholds = options.ToThresholds();
        var counts = new MaskContours(prediction, mask, width, height, options.AlphaThreshold, thresholds.Values).Count();
        return new(counts.ValidPixels == 0 ? double.NaN : thresholds.Mean(k => counts.Recall(k, options.PoolDirections)), counts.ValidPixels);
    }

    /// <summary>The mean over images; images without a valid pixel are left out and counted.</summary>
    public static ImageMean<MaskBoundaryMetrics> MeanOf(IEnumerable<MaskBoundaryMetrics> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var (recall, pixels, count, empty) = (0.0, 0L, 0, 0);
        foreach (var image in images)
        {
            if (image.ValidPixels == 0) { empty++; continue; }
            (recall, pixels, count) = (recall + image.Recall, pixels + image.ValidPixels, count + 1);
        }
        return new(new(recall / count, pixels), count, empty);
    }
}
