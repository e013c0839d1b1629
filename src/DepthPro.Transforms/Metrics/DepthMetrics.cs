using DepthPro.Metrics;
using DepthPro.Preprocessing;

namespace DepthPro;

/// <summary>The standard errors of a depth map against the truth, p against t, over the valid pixels. Immutable, thread-safe; its functions
/// are pure.</summary>
/// <remarks>
/// <para>A pixel is valid where the truth is finite, positive, within the range (ends included) and inside the mask, and the prediction is
/// not NaN. The prediction is aligned where that is asked for, then clamped to the range. All sums are in double precision.</para>
/// <para>Without a valid pixel every error is NaN and <see cref="ValidPixels"/> is 0. The same holds if an alignment cannot be found: the
/// median of the prediction is not positive, or no prediction is finite (and, for inverse depth, positive).</para>
/// <para>Source: Eigen et al., 2014 (errors and accuracies under a threshold); paper, tables 1 and 4, which give shares in percent.</para>
/// </remarks>
public sealed record DepthMetrics
{
    /// <summary>Pixels that were compared.</summary>
    public required long ValidPixels { get; init; }

    /// <summary>Pixels that were left out because the prediction is NaN where the truth would count.</summary>
    public required long MissingPixels { get; init; }

    /// <summary>Absolute relative error: mean |p - t| / t.</summary>
    public required double AbsRel { get; init; }

    /// <summary>Squared relative error, metres: mean (p - t)² / t.</summary>
    public required double SqRel { get; init; }

    /// <summary>Root of the mean squared error, metres.</summary>
    public required double Rmse { get; init; }

    /// <summary>Root of the mean squared error of natural logarithms: sqrt(mean g²) with g = ln p - ln t.</summary>
    public required double RmseLog { get; init; }

    /// <summary>Mean |log10 p - log10 t|.</summary>
    public required double Log10 { get; init; }

    /// <summary>Scale-invariant logarithmic error: 100 sqrt(mean g² - (mean g)²).</summary>
    public required double SiLog { get; init; }

    /// <summary>Mean g: above 0 where the prediction is too far on the whole. With the others it is all that pooling needs.</summary>
    public required double LogBias { get; init; }

    /// <summary>Share of pixels with max(p/t, t/p) &lt; 1.25, 0..1.</summary>
    public required double Delta1 { get; init; }

    /// <summary>Share of pixels with max(p/t, t/p) &lt; 1.25², 0..1.</summary>
    public required double Delta2 { get; init; }

    /// <summary>Share of pixels with max(p/t, t/p) &lt; 1.25³, 0..1.</summary>
    public required double Delta3 { get; init; }

    internal static DepthMetrics Undefined { get; } = new()
    {
        ValidPixels = 0,
        MissingPixels = 0,
        AbsRel = double.NaN,
        SqRel = double.NaN,
        Rmse = double.NaN,
        RmseLog = double.NaN,
        Log10 = double.NaN,
        SiLog = double.NaN,
        LogBias = double.NaN,
        Delta1 = double.NaN,
        Delta2 = double.NaN,
        Delta3 = double.NaN,
    };

    /// <summary>Compares a prediction, resized bilinearly to the truth's size if need be, with the truth.</summary>
    /// <param name="prediction">Predicted depth. Its unknown pixels make unknown what is interpolated from them.</param>
    /// <param name="truth">True depth.</param>
    /// <param name="options">Range and alignment; null for 1e-4 to 1e4 m and none.</param>
    /// <param name="mask">Which pixels of the truth count, (Height, Width); empty for all.</param>
    /// <exception cref="ArgumentException">The mask does not have the truth's size, or the options are out of range.</exception>
    public static DepthMetrics Of(DepthMap prediction, DepthMap truth, DepthMetricsOptions? options = null, ReadOnlySpan<bool> mask = default)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(truth);
        return Of(AtSizeOf(truth, prediction), truth.Meters, options, mask);
    }

    /// <summary>Compares a prediction with the truth, pixel by pixel.</summary>
    /// <param name="prediction">Predicted depth, metres; with an alignment, any unit.</param>
    /// <param name="truth">True depth, metres; of the same length.</param>
    /// <param name="options">Range and alignment; null for 1e-4 to 1e4 m and none.</param>
    /// <param name="mask">Which pixels count; empty for all.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the options are out of range.</exception>
    public static DepthMetrics Of(ReadOnlySpan<float> prediction, ReadOnlySpan<float> truth, DepthMetricsOptions? options = null, ReadOnlySpan<bool> mask = default)
    {
        options ??= new();
        options.Validate();
        if (prediction.Length != truth.Length)
        {
            throw new ArgumentException(
                $"The prediction has {prediction.Length} values; expected the truth's {truth.Length}. Resize the prediction to the truth first.", nameof(prediction));
        }
        if (!mask.IsEmpty && mask.Length != truth.Length)
        {
            throw new ArgumentException($"The mask has {mask.Length} values; expected the truth's {truth.Length}, or none.", nameof(mask));
        }
        var pixels = new ValidPixels(prediction, truth, mask, options.MinDepth, options.MaxDepth);
        return DepthErrors.Of(pixels, FittedAlignment.Fit(options.Alignment, pixels), options.MinDepth, options.MaxDepth).ToMetrics();
    }

    /// <summary>The mean over images; images without a valid pixel are left out and counted.</summary>
    public static ImageMean<DepthMetrics> MeanOf(IEnumerable<DepthMetrics> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        DepthMetrics[] all = [.. images], valid = [.. all.Where(image => image.ValidPixels > 0)];
        return new(Averaged(valid, _ => 1), valid.Length, all.Length - valid.Length);
    }

    /// <summary>The errors over the pixels of all images taken together, as if they were one image: large images weigh more.</summary>
    public static DepthMetrics PooledOf(IEnumerable<DepthMetrics> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        DepthMetrics[] valid = [.. images.Where(image => image.ValidPixels > 0)];
        var mean = Averaged(valid, image => image.ValidPixels);
        double Pooled(Func<DepthMetrics, double> root) => Math.Sqrt(Average(valid, image => root(image) * root(image), image => image.ValidPixels));
        var rmseLog = Pooled(image => image.RmseLog);
        return mean with { Rmse = Pooled(image => image.Rmse), RmseLog = rmseLog, SiLog = SiLogOf(rmseLog * rmseLog, mean.LogBias) };
    }

    // Rounding may take the variance of equal logarithms below 0.
    internal static double SiLogOf(double meanSquaredLog, double meanLog) => 100 * Math.Sqrt(Math.Max(meanSquaredLog - meanLog * meanLog, 0));

    internal static ReadOnlySpan<float> AtSizeOf(DepthMap truth, DepthMap prediction)
    {
        if ((prediction.Width, prediction.Height) == (truth.Width, truth.Height)) { return prediction.Meters; }
        var resized = new float[truth.Meters.Length];
        BilinearResize.Plane(prediction.Meters, prediction.Width, prediction.Height, resized, truth.Width, truth.Height);
        return resized;
    }

    private static DepthMetrics Averaged(DepthMetrics[] images, Func<DepthMetrics, double> weight)
    {
        double Mean(Func<DepthMetrics, double> metric) => Average(images, metric, weight);
        return new()
        {
            ValidPixels = images.Sum(image => image.ValidPixels),
            MissingPixels = images.Sum(image => image.MissingPixels),
            AbsRel = Mean(image => image.AbsRel),
            SqRel = Mean(image => image.SqRel),
            Rmse = Mean(image => image.Rmse),
            RmseLog = Mean(image => image.RmseLog),
            Log10 = Mean(image => image.Log10),
            SiLog = Mean(image => image.SiLog),
            LogBias = Mean(image => image.LogBias),
            Delta1 = Mean(image => image.Delta1),
            Delta2 = Mean(image => image.Delta2),
            Delta3 = Mean(image => image.Delta3),
        };
    }

    private static double Average(DepthMetrics[] images, Func<DepthMetrics, double> metric, Func<DepthMetrics, double> weight) =>
        images.Sum(image => weight(image) * metric(image)) / images.Sum(weight);
}
