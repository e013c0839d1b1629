using DepthPro.Metrics;

namespace DepthPro;

/// <summary>How well a depth map's occluding contours agree with the truth's, whatever the scale of either. Immutable, thread-safe; its functions are pure.</summary>
/// <remarks>
/// <para>Two neighbours make an occluding contour when the ratio of their depths is above a threshold. Each score is a weighted mean over
/// the thresholds; so <paramref name="F1"/> is the mean of the F1s, not the F1 of the other two means.</para>
/// <para>Depths below 1e-6 m, zero and negative ones too, count as 1e-6, as in the reference: give unknown pixels as NaN. A pixel that is
/// NaN or infinite in either map takes part in no pair of either.</para>
/// <para>Source: ml-depth-pro, <c>eval/boundary_metrics.py</c>, <c>SI_boundary_F1</c> and <c>boundary_f1</c>, to whose counts in float32
/// these are equal; paper, section 3.2.</para>
/// </remarks>
/// <param name="F1">0..1, higher is better; 0 when a map has no contours; NaN when <paramref name="ValidPixels"/> is 0.</param>
/// <param name="Precision">Share of the predicted contours that are true, 0..1; undefined like <paramref name="F1"/>.</param>
/// <param name="Recall">Share of the true contours that are predicted, 0..1; undefined like <paramref name="F1"/>.</param>
/// <param name="ValidPixels">Pixels that are finite in both maps.</param>
public readonly record struct BoundaryMetrics(double F1, double Precision, double Recall, long ValidPixels)
{
    /// <summary>Compares two depth maps of one size.</summary>
    /// <param name="prediction">Predicted depth.</param>
    /// <param name="truth">True depth.</param>
    /// <param name="options">Thresholds; null for the reference's, <see cref="BoundaryOptions.At"/> for a single one.</param>
    /// <exception cref="ArgumentException">The maps differ in size, or the options are out of range.</exception>
    public static BoundaryMetrics Of(DepthMap prediction, DepthMap truth, BoundaryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(truth);
        MapSizes.RequireSame(prediction.Width, prediction.Height, "truth", truth.Width, truth.Height, nameof(truth));
        return Of(prediction.Meters, truth.Meters, truth.Width, truth.Height, options);
    }

    /// <summary>Compares two depth maps of one size.</summary>
    /// <param name="prediction">(height, width), row by row; metres or any multiple of them.</param>
    /// <param name="truth">(height, width), row by row; metres or any multiple of them.</param>
    /// <param name="width">Pixels; positive.</param>
    /// <param name="height">Pixels; positive.</param>
    /// <param name="options">Thresholds; null for the reference's, <see cref="BoundaryOptions.At"/> for a single one.</param>
    /// <exception cref="ArgumentException">A map does not have width x height values, or the options are out of range.</exception>
    public static BoundaryMetrics Of(ReadOnlySpan<float> prediction, ReadOnlySpan<float> truth, int width, int height, BoundaryOptions? options = null)
    {
        MapSizes.Require(prediction.Length, width, height, nameof(prediction));
        MapSizes.Require(truth.Length, width, height, nameof(truth));
        options ??= new();
        var thresholds = options.ToThresholds();
        var counts = ContourCounter.Count(prediction, truth, width, height, thresholds.Values);
        return counts.ValidPixels == 0
            ? new(double.NaN, double.NaN, double.NaN, 0)
            : new(
                thresholds.Mean(k => counts.F1(k, options.PoolDirections)), thresholds.Mean(k => counts.Precision(k, options.PoolDirections)),
                thresholds.Mean(k => counts.Recall(k, options.PoolDirections)), counts.ValidPixels);
    }

    /// <summary>The mean over images; images without a valid pixel are left out and counted.</summary>
    public static ImageMean<BoundaryMetrics> MeanOf(IEnumerable<BoundaryMetrics> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var (f1, precision, recall, pixels, count, empty) = (0.0, 0.0, 0.0, 0L, 0, 0);
        foreach (var image in images)
        {
            if (image.ValidPixels == 0) { empty++; continue; }
            (f1, precision, recall, pixels, count) = (f1 + image.F1, precision + image.Precision, recall + image.Recall, pixels + image.ValidPixels, count + 1);
        }
        return new(new(f1 / count, precision / count, recall / count, pixels), count, empty);
    }
}
