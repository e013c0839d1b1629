using DepthPro.Depth;
using DepthPro.Metrics;

namespace DepthPro.Reports;

/// <summary>The small pictures of one image in a report.</summary>
internal static class ReportPictures
{
    /// <summary>The relative error that has the last colour.</summary>
    public const float WorstError = 0.5f;

    /// <summary>Truth, prediction and error map; the first two in the same colours, which span the truth.</summary>
    public static IEnumerable<(string Kind, Photo Picture)> OfDepth(DepthMap truth, DepthErrorMap map)
    {
        var (actual, predicted) = (Thumbnail.Of(truth.Width, truth.Height, truth.Meters), Thumbnail.Of(truth.Width, truth.Height, map.Aligned));
        var range = DepthStatistics.Of(actual.Meters);
        Photo Colored(DepthMap depth) => float.IsNaN(range.Min) ? DepthVisuals.Colorize(depth) : DepthVisuals.Colorize(depth, range.Min, range.Max);
        yield return ("truth", Colored(actual));
        yield return ("prediction", Colored(predicted));
        var errors = Thumbnail.Of(truth.Width, truth.Height, [.. map.Relative.Select(MathF.Abs)]);
        yield return ("errors", DepthVisuals.ColorizeErrors(errors.Width, errors.Height, errors.Meters, WorstError));
    }

    /// <summary>The matte in grey.</summary>
    public static Photo OfMask(DepthMask mask)
    {
        var size = Thumbnail.SizeOf(mask.Width, mask.Height);
        byte[] rgb = [.. Thumbnail.Shrink(mask.Width, mask.Height, size, mask.Alpha).SelectMany(alpha => Enumerable.Repeat((byte)(255 * Math.Clamp(alpha, 0, 1)), 3))];
        return Photo.Adopt(size.Width, size.Height, rgb, "matte");
    }
}
