namespace DepthPro.Metrics;

/// <summary>Ascending thresholds and the weights of their scores, which sum to 1.</summary>
/// <param name="Values">Rounded to float32, in which the reference compares.</param>
/// <param name="Weights">In proportion to the unrounded thresholds.</param>
internal sealed record BoundaryThresholds(float[] Values, double[] Weights)
{
    /// <summary>Source: ml-depth-pro, <c>eval/boundary_metrics.py</c>, <c>get_thresholds_and_weights</c> (NumPy's <c>linspace</c>).</summary>
    public static BoundaryThresholds Spaced(double min, double max, int count)
    {
        var step = count == 1 ? 0 : (max - min) / (count - 1);
        double[] thresholds = [.. Enumerable.Range(0, count).Select(i => i == count - 1 && i > 0 ? max : i * step + min)];
        var sum = thresholds.Sum();
        return new([.. thresholds.Select(t => (float)t)], [.. thresholds.Select(t => t / sum)]);
    }

    /// <summary>The weighted mean of a score over the thresholds.</summary>
    public double Mean(Func<int, double> score) => Weights.Select((weight, k) => weight * score(k)).Sum();
}
