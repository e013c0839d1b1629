using DepthPro.Metrics;

namespace DepthPro;

/// <summary>How occluding contours are found and counted. The defaults are those of the reference. Immutable, thread-safe.</summary>
/// <remarks>Source: ml-depth-pro, <c>eval/boundary_metrics.py</c>; paper, section 3.2 and C.6.</remarks>
public sealed record BoundaryOptions
{
    /// <summary>Smallest ratio of two neighbours' depths that makes a contour (strictly above it); finite, at least 1.</summary>
    public double MinThreshold { get; init; } = 1.05;

    /// <summary>Largest such ratio; finite, at least <see cref="MinThreshold"/>.</summary>
    public double MaxThreshold { get; init; } = 1.25;

    /// <summary>How many thresholds, evenly spaced from <see cref="MinThreshold"/> to <see cref="MaxThreshold"/>; at least 1, which is
    /// <see cref="MinThreshold"/> alone. Each weighs in proportion to its value.</summary>
    public int Thresholds { get; init; } = 10;

    /// <summary>False, the reference: precision and recall are found for each of the four directions (left, top, right, bottom) and then
    /// averaged. True, the paper's equation 3: one ratio of sums over all directions.</summary>
    /// <remarks>The two agree when the directions have equally many contours. They differ most when a direction has none: the reference
    /// counts it as 0, so that a perfect prediction of a scene that only ever recedes to the right scores 0.25, and 1 when pooled. A scene
    /// without any contour scores 0 either way.</remarks>
    public bool PoolDirections { get; init; }

    /// <summary>A pixel of an object's matte belongs to the object when its alpha is strictly above this (float32, alpha in 0..1). Only for
    /// <see cref="MaskBoundaryMetrics"/>.</summary>
    public float AlphaThreshold { get; init; } = 0.1f;

    /// <summary>The defaults with a single threshold.</summary>
    public static BoundaryOptions At(double threshold) => new() { MinThreshold = threshold, MaxThreshold = threshold, Thresholds = 1 };

    internal BoundaryThresholds ToThresholds()
    {
        if (!(MinThreshold >= 1 && MinThreshold <= MaxThreshold && double.IsFinite(MaxThreshold)))
        {
            throw new ArgumentOutOfRangeException(nameof(MinThreshold), (MinThreshold, MaxThreshold),
                $"Boundary thresholds go from {MinThreshold} to {MaxThreshold}; expected finite ratios with 1 <= {nameof(MinThreshold)} <= {nameof(MaxThreshold)}.");
        }
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Thresholds);
        return BoundaryThresholds.Spaced(MinThreshold, MaxThreshold, Thresholds);
    }
}
