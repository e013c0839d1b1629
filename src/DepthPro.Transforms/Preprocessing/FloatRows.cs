namespace DepthPro.Preprocessing;

/// <summary>The rows of a float plane.</summary>
internal readonly ref struct FloatRows(ReadOnlySpan<float> plane, int width, ResizeAxis axis) : IRows
{
    private readonly ReadOnlySpan<float> _plane = plane;

    public void Read(int row, Span<float> target)
    {
        var source = _plane.Slice(row * width, width);
        var (lower, upper, lowerWeight, upperWeight) = (axis.Lower, axis.Upper, axis.LowerWeight, axis.UpperWeight);
        for (var x = 0; x < target.Length; x++)
        {
            target[x] = BilinearResize.Interpolate(source[lower[x]], lowerWeight[x], source[upper[x]], upperWeight[x]);
        }
    }
}
