using DepthPro.Depth;
using DepthPro.Network.Reports;
using DepthPro.Reports;

namespace DepthPro;

/// <summary>Metric depth of one photo: metres along the optical axis for each pixel, and the focal length they rest on.</summary>
/// <remarks>Immutable, managed, safe to share between threads; nothing to dispose.</remarks>
[TypeFormatterSource(typeof(NotebookFormatterSource))]
public sealed class DepthMap : IHtmlContent
{
    private readonly float[] _meters;
    private readonly Lazy<DepthStatistics> _statistics;

    /// <summary>Copies <paramref name="meters"/>.</summary>
    /// <param name="width">Pixels; positive.</param>
    /// <param name="height">Pixels; positive.</param>
    /// <param name="meters">width x height values, row by row. Any float is taken as it is; NaN means unknown.</param>
    /// <param name="focalLengthPixels">Focal length, pixels of this map; finite and positive, or NaN when
    /// <paramref name="focalLengthSource"/> is <see cref="FocalLengthSource.Unknown"/>.</param>
    /// <param name="focalLengthSource">Where the focal length comes from.</param>
    /// <exception cref="ArgumentException">The sizes are not positive or do not fit <paramref name="meters"/>, or the focal length does not
    /// fit its source.</exception>
    public DepthMap(int width, int height, ReadOnlySpan<float> meters, float focalLengthPixels, FocalLengthSource focalLengthSource)
        : this(width, height, meters.ToArray(), focalLengthPixels, focalLengthSource, default)
    {
    }

    private DepthMap(int width, int height, float[] meters, float focalLengthPixels, FocalLengthSource focalLengthSource, Adoption _)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (meters.LongLength != (long)width * height)
        {
            throw new ArgumentException($"Depth map of {width} x {height} pixels got {meters.Length} values; expected {(long)width * height}.", nameof(meters));
        }
        var known = float.IsFinite(focalLengthPixels) && focalLengthPixels > 0;
        if (!known && !(float.IsNaN(focalLengthPixels) && focalLengthSource == FocalLengthSource.Unknown))
        {
            throw new ArgumentOutOfRangeException(nameof(focalLengthPixels), focalLengthPixels,
                $"Focal length is {focalLengthPixels} pixels (source: {focalLengthSource}); expected a finite number above 0, or NaN with the source {nameof(FocalLengthSource.Unknown)}.");
        }
        (Width, Height, _meters, FocalLengthPixels, FocalLengthSource) = (width, height, meters, focalLengthPixels, focalLengthSource);
        _statistics = new(() => DepthStatistics.Of(_meters));
    }

    /// <summary>Pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels.</summary>
    public int Height { get; }

    /// <summary>Metres along the optical axis, (Height, Width), row by row. What <see cref="DepthNetwork"/> makes lies in [1e-4, 1e4], or
    /// is NaN where the network gave NaN.</summary>
    public ReadOnlySpan<float> Meters => _meters;

    /// <summary>Focal length, pixels of this map; NaN when unknown.</summary>
    public float FocalLengthPixels { get; }

    /// <summary>Where <see cref="FocalLengthPixels"/> comes from.</summary>
    public FocalLengthSource FocalLengthSource { get; }

    /// <summary>Horizontal field of view, degrees, that follows from <see cref="FocalLengthPixels"/> and <see cref="Width"/>; NaN when
    /// unknown.</summary>
    public float FieldOfViewDegrees => FocalLength.ToFieldOfView(FocalLengthPixels, Width);

    /// <summary>Smallest finite depth, metres; NaN if there is none. Computed once, when first asked for.</summary>
    public float Min => _statistics.Value.Min;

    /// <summary>Largest finite depth, metres; NaN if there is none. Computed once, when first asked for.</summary>
    public float Max => _statistics.Value.Max;

    /// <summary>Median of the finite depths, metres (of an even number, the mean of the middle two); NaN if there is none. Computed once,
    /// when first asked for.</summary>
    public float Median => _statistics.Value.Median;

    /// <summary>Whether a depth is a distance in front of the camera: what is not finite, or not above 0, is unknown.</summary>
    internal static bool IsKnown(float meters) => float.IsFinite(meters) && meters > 0;

    /// <summary>A copy of <see cref="Meters"/> that is NaN wherever the depth is unknown.</summary>
    internal float[] KnownMeters() => Array.ConvertAll(_meters, meters => IsKnown(meters) ? meters : float.NaN);

    /// <summary>Metres at column <paramref name="x"/> and row <paramref name="y"/>, counted from the top left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pixel lies outside the map.</exception>
    public float this[int x, int y]
    {
        get
        {
            if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
            {
                throw new ArgumentOutOfRangeException(nameof(x), (x, y), $"Pixel ({x}, {y}) lies outside the depth map; expected x in 0..{Width - 1} and y in 0..{Height - 1}.");
            }
            return _meters[y * Width + x];
        }
    }

    /// <summary>The map as a picture for a notebook or a page, with a scale bar and, under the pointer, metres: HTML that needs no other file.</summary>
    /// <remarks>.NET Interactive shows a depth map so by itself. The picture has at most 800 pixels along its longer side, and the metres under the pointer come from a grid of at most 160, rounded to a
    /// fraction of a percent. Unknown depth is hatched.</remarks>
    /// <param name="options">Colours, scale and range; null for the defaults. There is a scale bar in any case.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public string ToHtml(DepthColorOptions? options = null) => DepthMapHtml.Of(this, options ?? new());

    /// <inheritdoc/>
    string IHtmlContent.ToHtml() => ToHtml();

    /// <summary>The map's size, depths and focal length in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Width} x {Height}, {Min:g4} to {Max:g4} m, median {Median:g4} m, focal length {FocalLengthPixels:g5} px ({FocalLengthSource.ToText()})");

    /// <summary>Like the constructor, without the copy: the caller hands <paramref name="meters"/> over and keeps no reference to
    /// it.</summary>
    internal static DepthMap Adopt(int width, int height, float[] meters, float focalLengthPixels, FocalLengthSource focalLengthSource) =>
        new(width, height, meters, focalLengthPixels, focalLengthSource, default(Adoption));

    // Tells the private constructor, which keeps the array, from the public one, which copies.
    private readonly struct Adoption;
}
