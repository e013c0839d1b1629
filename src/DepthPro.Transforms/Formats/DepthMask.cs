using DepthPro.Formats;

namespace DepthPro;

/// <summary>A weight for each pixel: an object's matte, or which pixels count.</summary>
/// <remarks>Immutable, managed, safe to share between threads; nothing to dispose.</remarks>
public sealed class DepthMask
{
    private readonly float[] _alpha;

    internal DepthMask(int width, int height, float[] alpha) => (Width, Height, _alpha) = (width, height, alpha);

    /// <summary>Pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels.</summary>
    public int Height { get; }

    /// <summary>(Height, Width), row by row, 0..1; NaN where an array of floats has it. What <see cref="MaskBoundaryMetrics"/> compares with.</summary>
    public ReadOnlySpan<float> Alpha => _alpha;

    /// <summary>Which pixels count: those whose alpha is above 0; a new array, (Height, Width), row by row. What <see cref="DepthMetrics"/> is limited by.</summary>
    public bool[] ToValidPixels() => Array.ConvertAll(_alpha, alpha => alpha > 0);

    /// <exception cref="InvalidDataException">A value, scaled, lies outside of 0..1.</exception>
    internal static DepthMask Of(StoredMap map, string subject)
    {
        var values = map.Values;
        // Masks of bytes are in use with 255 and with 1 for inside.
        var scale = Array.Exists(values, value => value > 1) ? map.FullScale : 1;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] /= scale;
            if (values[i] is < 0 or > 1)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"{subject} holds {values[i]} at column {i % map.Width}, row {i / map.Width}; expected alpha in 0..1, or unsigned integers of 8 or 16 bits. Scale it first."));
            }
        }
        return new(map.Width, map.Height, values);
    }
}
