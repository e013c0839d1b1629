namespace DepthPro;

/// <summary>How well focal lengths are estimated. Immutable, thread-safe; its functions are pure.</summary>
/// <remarks>Source: paper, table 3 (in percent there), with the relative error |f - f*| / f*.</remarks>
/// <param name="RelativeError">Mean over the images of |f - f*| / f*; NaN when <paramref name="Images"/> is 0.</param>
/// <param name="Delta25">Share of images with a relative error below 0.25, 0..1; NaN when <paramref name="Images"/> is 0.</param>
/// <param name="Delta50">Share of images with a relative error below 0.5, 0..1; NaN when <paramref name="Images"/> is 0.</param>
/// <param name="Images">Images that were compared.</param>
/// <param name="EmptyImages">Images that were left out because the true or the estimated focal length is unknown: not finite, or the true
/// one not positive.</param>
public readonly record struct FocalLengthMetrics(double RelativeError, double Delta25, double Delta50, int Images, int EmptyImages)
{
    /// <summary>Compares estimated with true focal lengths of the same images.</summary>
    /// <param name="estimated">f, pixels.</param>
    /// <param name="truth">f*, pixels of the same photos.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static FocalLengthMetrics Of(ReadOnlySpan<float> estimated, ReadOnlySpan<float> truth)
    {
        if (estimated.Length != truth.Length)
        {
            throw new ArgumentException($"There are {estimated.Length} estimated focal lengths; expected {truth.Length}, one for each true one.", nameof(estimated));
        }
        var (sum, within25, within50, images) = (0.0, 0, 0, 0);
        for (var i = 0; i < truth.Length; i++)
        {
            var error = RelativeErrorOf(estimated[i], truth[i]);
            if (double.IsNaN(error)) { continue; }
            sum += error;
            within25 += error < 0.25 ? 1 : 0;
            within50 += error < 0.5 ? 1 : 0;
            images++;
        }
        return new(sum / images, (double)within25 / images, (double)within50 / images, images, truth.Length - images);
    }

    /// <summary>|f - f*| / f*; NaN when either is not finite or f* is not positive.</summary>
    public static double RelativeErrorOf(float estimated, float truth) =>
        float.IsFinite(estimated) && float.IsFinite(truth) && truth > 0 ? Math.Abs((double)estimated - truth) / truth : double.NaN;
}
