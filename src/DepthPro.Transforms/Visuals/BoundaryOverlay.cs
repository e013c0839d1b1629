using DepthPro.Metrics;

namespace DepthPro.Visuals;

/// <summary>Draws the contours of a depth map over its photo.</summary>
internal static class BoundaryOverlay
{
    /// <summary>The middle of the ratios that <see cref="BoundaryOptions"/> has for its default.</summary>
    public const double DefaultThreshold = 1.15;

    // A line is a pixel wide in a small picture and grows with it, so that it is still seen when a large one is shown small.
    private const int PixelsPerLineWidth = 800;

    // A bright colour that few photos have, and how much of the photo's own light stays, so that the lines stand out.
    private static readonly byte[] Line = [255, 40, 200];
    private const int KeptShare = 3, OfShares = 5;

    public static Photo Draw(Photo photo, DepthMap depth, float threshold)
    {
        var rgb = new byte[photo.Rgb.Length];
        for (var i = 0; i < rgb.Length; i++) { rgb[i] = (byte)(photo.Rgb[i] * KeptShare / OfShares); }
        var contours = ContourPixels.Of(depth, threshold);
        var lineWidth = Math.Max(1, (int)Math.Round((double)Math.Max(depth.Width, depth.Height) / PixelsPerLineWidth));
        var before = (lineWidth - 1) / 2;
        for (var pixel = 0; pixel < contours.Length; pixel++)
        {
            if (!contours[pixel]) { continue; }
            var (left, top) = (Math.Max(pixel % depth.Width - before, 0), Math.Max(pixel / depth.Width - before, 0));
            for (var y = top; y < Math.Min(top + lineWidth, depth.Height); y++)
            {
                for (var x = left; x < Math.Min(left + lineWidth, depth.Width); x++) { Line.CopyTo(rgb, (y * depth.Width + x) * 3); }
            }
        }
        return Photo.Adopt(photo.Width, photo.Height, rgb, photo.Name);
    }
}
