using DepthPro.Depth;

namespace DepthPro;

/// <summary>By how much depth is to be scaled so that something known has its true size. Immutable, thread-safe.</summary>
/// <remarks>All of a map is scaled by the same factor, and with it every distance in it; the focal length stays as it is. One calibration is good for other maps too where they are wrong by the same
/// factor, such as those of one camera that does not zoom.</remarks>
/// <param name="MeasuredMeters">What the map says; finite and above 0.</param>
/// <param name="KnownMeters">What is true; finite and above 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A length is not finite and above 0.</exception>
public sealed record ScaleCalibration(double MeasuredMeters, double KnownMeters)
{
    /// <summary>What the map says; finite and above 0.</summary>
    public double MeasuredMeters { get; init => field = Positive(value, "measured", nameof(MeasuredMeters)); } = Positive(MeasuredMeters, "measured", nameof(MeasuredMeters));

    /// <summary>What is true; finite and above 0.</summary>
    public double KnownMeters { get; init => field = Positive(value, "known", nameof(KnownMeters)); } = Positive(KnownMeters, "known", nameof(KnownMeters));

    /// <summary>What every depth is multiplied by: <see cref="KnownMeters"/> by <see cref="MeasuredMeters"/>.</summary>
    public double Factor => KnownMeters / MeasuredMeters;

    /// <summary>From a known distance between the points seen in two pixels, such as the width of a door.</summary>
    /// <param name="depth">Depth with a focal length.</param>
    /// <param name="x1">Column of the first pixel, from the left.</param>
    /// <param name="y1">Its row, from the top.</param>
    /// <param name="x2">Column of the second pixel.</param>
    /// <param name="y2">Its row.</param>
    /// <param name="knownMeters">The true distance, straight through space.</param>
    /// <exception cref="ArgumentOutOfRangeException">A pixel lies outside the map, or the known distance is not finite and above 0.</exception>
    /// <exception cref="ArgumentException">The map's focal length is unknown, or the depth of a pixel, or the two pixels show one point.</exception>
    public static ScaleCalibration FromDistance(DepthMap depth, int x1, int y1, int x2, int y2, double knownMeters)
    {
        var measured = DepthMeasurement.Between(depth, x1, y1, x2, y2).Meters;
        return measured > 0
            ? new(measured, knownMeters)
            : throw new ArgumentException($"Both pixels, ({x1}, {y1}) and ({x2}, {y2}), are one; expected two, as far from each other as the known distance allows.", nameof(x2));
    }

    /// <summary>From the known depth of one pixel, such as a tape or laser measures it.</summary>
    /// <param name="depth">Depth with or without a focal length.</param>
    /// <param name="x">Column of the pixel, from the left.</param>
    /// <param name="y">Its row, from the top.</param>
    /// <param name="knownMeters">The true depth, metres along the optical axis; in the middle of the photo that is the distance from the camera.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pixel lies outside the map, or the known depth is not finite and above 0.</exception>
    /// <exception cref="ArgumentException">The pixel's depth is unknown.</exception>
    public static ScaleCalibration FromDepth(DepthMap depth, int x, int y, double knownMeters)
    {
        ArgumentNullException.ThrowIfNull(depth);
        return new(DepthMeasurement.KnownDepth(depth, x, y), knownMeters);
    }

    /// <summary>Scales a map. What is NaN or infinite stays so.</summary>
    /// <returns>A new map with every depth times <see cref="Factor"/>, and the same focal length and source.</returns>
    public DepthMap Apply(DepthMap depth)
    {
        ArgumentNullException.ThrowIfNull(depth);
        return DepthMap.Adopt(depth.Width, depth.Height, DepthScale.Times(depth.Meters, Factor), depth.FocalLengthPixels, depth.FocalLengthSource);
    }

    /// <summary>The factor and what it comes from, in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"depth times {Factor:g4} (measured {MeasuredMeters:g4} m, known {KnownMeters:g4} m)");

    private static double Positive(double meters, string what, string parameter) => double.IsFinite(meters) && meters > 0
        ? meters
        : throw new ArgumentOutOfRangeException(parameter, meters, FormattableString.Invariant($"The {what} length is {meters} m; expected a finite length above 0."));
}
