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
}
