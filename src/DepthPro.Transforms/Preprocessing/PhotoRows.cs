namespace DepthPro.Preprocessing;

/// <summary>The rows of one channel of interleaved 8-bit RGB, each byte looked up in a table.</summary>
internal readonly ref struct PhotoRows(ReadOnlySpan<byte> rgb, int width, int channel, ReadOnlySpan<float> values, ResizeAxis axis) : IRows
{
    private readonly ReadOnlySpan<byte> _rgb = rgb;
    private readonly ReadOnlySpan<float> _values = values;

    public void Read(int row, Span<float> target)
    {
        var source = _rgb.Slice(row * width * 3, width * 3)[channel..];
        var (lower, upper, lowerWeight, upperWeight) = (axis.Lower, axis.Upper, axis.LowerWeight, axis.UpperWeight);
        for (var x = 0; x < target.Length; x++)
        {
            target[x] = BilinearResize.Interpolate(_values[source[lower[x] * 3]], lowerWeight[x], _values[source[upper[x] * 3]], upperWeight[x]);
        }
    }
}
