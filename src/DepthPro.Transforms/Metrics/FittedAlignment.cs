using DepthPro.Depth;

namespace DepthPro.Metrics;

/// <summary>An alignment with its scale and shift; <see cref="Apply"/> gives the aligned depth.</summary>
/// <param name="Inverse">Whether scale and shift are those of inverse depth.</param>
/// <param name="Scale">Factor; NaN when it cannot be found.</param>
/// <param name="Shift">Metres, or 1/m when inverse.</param>
internal readonly record struct FittedAlignment(bool Inverse, double Scale, double Shift)
{
    public static FittedAlignment Fit(DepthAlignment alignment, ValidPixels pixels) => alignment switch
    {
        DepthAlignment.None => new(false, 1, 0),
        DepthAlignment.Median => FitMedian(pixels),
        _ => FitLeastSquares(pixels, alignment == DepthAlignment.AffineInverse),
    };

    /// <summary>Depth, metres, not yet clamped. A prediction that is not positive has no inverse depth and is taken to be nearest; an inverse
    /// depth that is not positive is infinitely far.</summary>
    public double Apply(float prediction)
    {
        if (!Inverse) { return Scale * prediction + Shift; }
        if (prediction <= 0) { return 0; }
        var inverse = Scale / prediction + Shift;
        return inverse <= 0 ? double.PositiveInfinity : 1 / inverse;
    }

    private static FittedAlignment FitMedian(ValidPixels pixels)
    {
        var values = new float[pixels.Length];
        for (var i = 0; i < values.Length; i++) { values[i] = IsFitted(pixels, i, inverse: false) ? pixels.Prediction(i) : float.NaN; }
        double predicted = DepthStatistics.Of(values).Median;
        for (var i = 0; i < values.Length; i++) { values[i] = IsFitted(pixels, i, inverse: false) ? pixels.Truth(i) : float.NaN; }
        return new(false, predicted > 0 ? DepthStatistics.Of(values).Median / predicted : double.NaN, 0);
    }

    // Means first, then covariances about them: the normal equations would lose half of the digits.
    private static FittedAlignment FitLeastSquares(ValidPixels pixels, bool inverse)
    {
        var (x, y, count) = (0.0, 0.0, 0);
        for (var i = 0; i < pixels.Length; i++)
        {
            if (!IsFitted(pixels, i, inverse)) { continue; }
            var (predicted, actual) = Values(pixels, i, inverse);
            (x, y, count) = (x + predicted, y + actual, count + 1);
        }
        if (count == 0) { return new(inverse, double.NaN, double.NaN); }

        var (meanX, meanY, variance, covariance) = (x / count, y / count, 0.0, 0.0);
        for (var i = 0; i < pixels.Length; i++)
        {
            if (!IsFitted(pixels, i, inverse)) { continue; }
            var (predicted, actual) = Values(pixels, i, inverse);
            variance += (predicted - meanX) * (predicted - meanX);
            covariance += (predicted - meanX) * (actual - meanY);
        }
        // Of a constant prediction the shift alone is known.
        var scale = variance > 0 ? covariance / variance : 0;
        return new(inverse, scale, meanY - scale * meanX);
    }

    private static bool IsFitted(ValidPixels pixels, int i, bool inverse) =>
        pixels.IsWanted(i) && float.IsFinite(pixels.Prediction(i)) && (!inverse || pixels.Prediction(i) > 0);

    private static (double Predicted, double Actual) Values(ValidPixels pixels, int i, bool inverse) =>
        inverse ? (1.0 / pixels.Prediction(i), 1.0 / pixels.Truth(i)) : (pixels.Prediction(i), pixels.Truth(i));
}
