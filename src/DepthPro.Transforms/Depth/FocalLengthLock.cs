using DepthPro.Depth;

namespace DepthPro;

/// <summary>One field of view for all photos of a clip, so that scale does not flicker from frame to frame: the median of what is known of each. Immutable, thread-safe.</summary>
/// <remarks>What is locked is the focal length relative to the width of the photo, so that photos of the same camera may differ in size.</remarks>
/// <param name="RelativeFocalLength">Focal length by width of the photo; finite and above 0.</param>
/// <exception cref="ArgumentOutOfRangeException">It is not finite and above 0.</exception>
public sealed record FocalLengthLock(double RelativeFocalLength)
{
    // Where MetricDepth clamps: sky at 10 km is no sky at 9 km in the next frame.
    private const float Nearest = 1 / MetricDepth.MaxInverseDepth, Farthest = 1 / MetricDepth.MinInverseDepth;

    /// <summary>Focal length by width of the photo; finite and above 0.</summary>
    public double RelativeFocalLength { get; init => field = Positive(value); } = Positive(RelativeFocalLength);

    /// <summary>The locked horizontal field of view, degrees.</summary>
    public float FieldOfViewDegrees => FocalLength.ToFieldOfView((float)RelativeFocalLength, width: 1);

    /// <summary>Finds the median of a clip.</summary>
    /// <param name="clip">Depth of its photos; of an even number, the mean of the middle two counts. Those without a focal length are left out.</param>
    /// <exception cref="ArgumentException">None has a focal length.</exception>
    public static FocalLengthLock Of(IEnumerable<DepthMap> clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return Median([.. clip.Select(Relative).Where(double.IsFinite)])
            ?? throw new ArgumentException("No depth map of the clip has a focal length; expected one in one of them at least.", nameof(clip));
    }

    /// <summary>The locked focal length of a photo.</summary>
    /// <param name="width">Pixels; positive.</param>
    /// <returns>Pixels of that photo.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not positive.</exception>
    public float FocalLengthPixels(int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        return (float)(RelativeFocalLength * width);
    }

    /// <summary>Gives an estimated map the locked focal length, and its depths what they are with it: they are proportional to it, but for those at the ends of what the network tells, 0.1 mm and 10 km, which stay there. Those of a map without a focal length stay as they are.</summary>
    /// <param name="depth">What the network estimated. Depth that was measured is not proportional to the focal length, and is not to be locked.</param>
    /// <returns>A new map whose focal length has the source <see cref="FocalLengthSource.Locked"/>.</returns>
    public DepthMap Apply(DepthMap depth)
    {
        ArgumentNullException.ThrowIfNull(depth);
        var locked = FocalLengthPixels(depth.Width);
        if (float.IsNaN(depth.FocalLengthPixels)) { return new(depth.Width, depth.Height, depth.Meters, locked, FocalLengthSource.Locked); }
        var meters = DepthScale.Times(depth.Meters, (double)locked / depth.FocalLengthPixels);
        for (var i = 0; i < meters.Length; i++)
        {
            var before = depth.Meters[i];
            meters[i] = before is Nearest or Farthest || !DepthMap.IsKnown(before) ? before : Math.Clamp(meters[i], Nearest, Farthest);
        }
        return DepthMap.Adopt(depth.Width, depth.Height, meters, locked, FocalLengthSource.Locked);
    }

    /// <summary>The field of view and the focal length it means, in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"field of view {FieldOfViewDegrees:g4} degrees, focal length {RelativeFocalLength:g4} of the width ({FocalLengthSource.Locked.ToText()})");

    /// <summary>Focal length by width; NaN when unknown.</summary>
    internal static double Relative(DepthMap depth) => (double)depth.FocalLengthPixels / depth.Width;

    /// <returns>Null of no values.</returns>
    internal static FocalLengthLock? Median(List<double> relative)
    {
        relative.Sort();
        return relative.Count == 0 ? null : new((relative[(relative.Count - 1) / 2] + relative[relative.Count / 2]) / 2);
    }

    private static double Positive(double relative) => double.IsFinite(relative) && relative > 0
        ? relative
        : throw new ArgumentOutOfRangeException(nameof(RelativeFocalLength), relative, FormattableString.Invariant($"The focal length by the width is {relative}; expected a finite number above 0."));
}
