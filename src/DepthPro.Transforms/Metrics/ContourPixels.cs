namespace DepthPro.Metrics;

/// <summary>Which pixels of a depth map lie on its occluding contours: of each pair of neighbours that makes one, the nearer.</summary>
internal static class ContourPixels
{
    /// <summary>Contours after the thinning of <see cref="MaskBoundaryMetrics"/>: along each row and column, of neighbouring contours only the strongest.</summary>
    /// <param name="depth">A pixel of unknown depth makes no contour.</param>
    /// <param name="threshold">Smallest ratio of two neighbours' depths that makes a contour; at least 1.</param>
    /// <returns>(Height, Width).</returns>
    public static bool[] Of(DepthMap depth, float threshold)
    {
        var (width, height) = (depth.Width, depth.Height);
        // The map is its own mask, of which only where it is known counts here.
        var known = depth.KnownMeters();
        var contours = new MaskContours(known, known, width, height, 0, [threshold]);
        var nearer = new bool[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var pixel = y * width + x;
                if (x + 1 < width) { Mark(contours, pixel, pixel + 1, horizontal: true, nearer); }
                if (y + 1 < height) { Mark(contours, pixel, pixel + width, horizontal: false, nearer); }
            }
        }
        return nearer;
    }

    private static void Mark(MaskContours contours, int first, int second, bool horizontal, bool[] nearer)
    {
        nearer[first] |= IsKept(contours.Kept(first, horizontal, secondNearer: false));
        nearer[second] |= IsKept(contours.Kept(first, horizontal, secondNearer: true));
    }

    private static bool IsKept((int From, int To) thresholds) => thresholds.From < thresholds.To;
}
