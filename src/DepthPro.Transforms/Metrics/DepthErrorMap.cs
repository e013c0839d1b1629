namespace DepthPro.Metrics;

/// <summary>Where a prediction errs, at the truth's size.</summary>
/// <param name="Aligned">(Height, Width) metres: the prediction as it is compared, resized, aligned and clamped to the range; NaN where unknown.</param>
/// <param name="Relative">(Height, Width), (p - t) / t: above 0 where the prediction is too far; NaN where nothing is compared.</param>
internal sealed record DepthErrorMap(float[] Aligned, float[] Relative)
{
    public static DepthErrorMap Of(DepthMap prediction, DepthMap truth, DepthMetricsOptions options, ReadOnlySpan<bool> mask)
    {
        var pixels = new ValidPixels(DepthMetrics.AtSizeOf(truth, prediction), truth.Meters, mask, options.MinDepth, options.MaxDepth);
        var alignment = FittedAlignment.Fit(options.Alignment, pixels);
        var (aligned, relative) = (new float[pixels.Length], new float[pixels.Length]);
        for (var i = 0; i < pixels.Length; i++)
        {
            var depth = Math.Min(Math.Max(alignment.Apply(pixels.Prediction(i)), options.MinDepth), options.MaxDepth); // keeps NaN
            aligned[i] = (float)depth;
            relative[i] = pixels.IsWanted(i) ? (float)((depth - pixels.Truth(i)) / pixels.Truth(i)) : float.NaN;
        }
        return new(aligned, relative);
    }
}
