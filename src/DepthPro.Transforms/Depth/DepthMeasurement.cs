using System.Globalization;
using DepthPro.Depth;

namespace DepthPro;

/// <summary>A distance between two points of a photo, measured in its depth map. Immutable, thread-safe.</summary>
/// <remarks>
/// <para>Pixel (x, y) of depth D lies at ((x + 0.5 - W/2) / f, (y + 0.5 - H/2) / f, 1) D, with x right, y down, z forward, square pixels and the optical axis in the middle.</para>
/// <para>The uncertainty is a rough one, of the places only: sqrt((u·r1 s1)² + (u·r2 s2)²), where u is the unit vector from one point to the other, r a point's place divided by its
/// depth, and s its local depth spread: the root mean square of the differences between its depth and the known depths of the 5 x 5 pixels around it. It is large at the edges
/// of objects. What is wrong with the map's scale as a whole is not in it; see <see cref="ScaleCalibration"/>.</para>
/// </remarks>
/// <param name="Meters">The straight line between the two points.</param>
/// <param name="UncertaintyMeters">One standard deviation, at least 0.</param>
public readonly record struct DepthMeasurement(double Meters, double UncertaintyMeters)
{
    private const int Reach = 2; // pixels to each side: what a finger or a mouse misses a point by

    /// <summary>Measures the distance between the points seen in two pixels.</summary>
    /// <param name="depth">Depth with a focal length.</param>
    /// <param name="x1">Column of the first pixel, from the left.</param>
    /// <param name="y1">Its row, from the top.</param>
    /// <param name="x2">Column of the second pixel.</param>
    /// <param name="y2">Its row.</param>
    /// <exception cref="ArgumentOutOfRangeException">A pixel lies outside the map.</exception>
    /// <exception cref="ArgumentException">The map's focal length is unknown, or the depth of a pixel.</exception>
    public static DepthMeasurement Between(DepthMap depth, int x1, int y1, int x2, int y2)
    {
        ArgumentNullException.ThrowIfNull(depth);
        var (depth1, depth2) = (KnownDepth(depth, x1, y1), KnownDepth(depth, x2, y2));
        if (float.IsNaN(depth.FocalLengthPixels))
        {
            throw new ArgumentException("The depth map's focal length is unknown, and with it where its pixels lie beside the optical axis; expected one in pixels above 0: make the map with the photo's "
                + $"(source {nameof(FocalLengthSource.Given)}), or estimate depth, which estimates it too.", nameof(depth));
        }
        var (ray1, ray2) = (Ray(depth, x1, y1), Ray(depth, x2, y2));
        var (x, y, z) = (ray2.X * depth2 - ray1.X * depth1, ray2.Y * depth2 - ray1.Y * depth1, depth2 - depth1);
        var meters = Math.Sqrt(x * x + y * y + z * z);
        if (meters == 0) { return new(0, 0); }
        double Along(PixelRay ray) => (x * ray.X + y * ray.Y + z) / meters;
        var (first, second) = (Along(ray1) * Spread(depth, x1, y1, depth1), Along(ray2) * Spread(depth, x2, y2, depth2));
        return new(meters, Math.Sqrt(first * first + second * second));
    }

    /// <summary>As in <c>1.234 m ± 0.02 m</c>: four digits, and one of what is uncertain.</summary>
    public override string ToString() => $"{Rounded(Meters, 4)} m ± {Rounded(UncertaintyMeters, 1)} m";

    /// <summary>The depth of a pixel that is measured at.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pixel lies outside the map.</exception>
    /// <exception cref="ArgumentException">Its depth is unknown.</exception>
    internal static double KnownDepth(DepthMap depth, int x, int y)
    {
        var meters = depth[x, y];
        return DepthMap.IsKnown(meters)
            ? meters
            : throw new ArgumentException(FormattableString.Invariant($"The depth of pixel ({x}, {y}) is {meters}; expected a finite depth above 0: choose a pixel nearby whose depth is known."), nameof(depth));
    }

    // In decimal: no exponent, and none of a binary number's far digits.
    private static string Rounded(double meters, int digits)
    {
        const double Longest = 1e15; // beyond, and for what is no number, as double has it
        if (!(meters > 0 && meters < Longest)) { return meters.ToString(CultureInfo.InvariantCulture); }
        var unit = Math.Pow(10, Math.Floor(Math.Log10(meters)) + 1 - digits);
        return ((decimal)(Math.Round(meters / unit) * unit)).ToString(CultureInfo.InvariantCulture);
    }

    private static PixelRay Ray(DepthMap depth, int x, int y) => PixelRay.Of(x, y, depth.Width, depth.Height, depth.FocalLengthPixels);

    private static double Spread(DepthMap depth, int x, int y, double meters)
    {
        var (sum, count) = (0.0, 0);
        for (var row = Math.Max(0, y - Reach); row <= Math.Min(depth.Height - 1, y + Reach); row++)
        {
            for (var column = Math.Max(0, x - Reach); column <= Math.Min(depth.Width - 1, x + Reach); column++)
            {
                if (!DepthMap.IsKnown(depth[column, row])) { continue; }
                var difference = depth[column, row] - meters;
                (sum, count) = (sum + difference * difference, count + 1);
            }
        }
        return Math.Sqrt(sum / count);
    }
}
