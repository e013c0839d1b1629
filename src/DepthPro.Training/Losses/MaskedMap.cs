namespace DepthPro.Training;

/// <summary>A map in double precision, 0 where it is invalid.</summary>
internal sealed record MaskedMap(double[] Values, int Width)
{
    public int Height => Values.Length / Width;

    public static MaskedMap Of(ReadOnlySpan<float> map, ReadOnlySpan<bool> valid, int width)
    {
        var values = new double[map.Length];
        for (var i = 0; i < values.Length; i++) { values[i] = valid[i] ? map[i] : 0; }
        return new(values, width);
    }

    public static MaskedMap Of(ReadOnlySpan<bool> valid, int width)
    {
        var values = new double[valid.Length];
        for (var i = 0; i < values.Length; i++) { values[i] = valid[i] ? 1 : 0; }
        return new(values, width);
    }

    public MaskedMap Map(Func<double, double> f) => this with { Values = [.. Values.Select(f)] };

    /// <summary>Blurred to half the size, by the valid pixels' values only.</summary>
    public MaskedMap Halved(MaskedMap share, MaskedMap valid)
    {
        var blurred = Filtered(DerivativeFilter.Blur)[0];
        return blurred with { Values = [.. blurred.Values.Select((x, i) => valid.Values[i] == 0 ? 0 : x / share.Values[i])] };
    }

    /// <summary>One map for each of a filter's kernels.</summary>
    public IReadOnlyList<MaskedMap> Filtered(DerivativeFilter filter)
    {
        var (side, stride, padding) = (filter.Width, filter.Stride, filter.Padding);
        var (width, height) = ((Width + 2 * padding - side) / stride + 1, (Height + 2 * padding - side) / stride + 1);
        double At(int x, int y) => x < 0 || y < 0 || x >= Width || y >= Height ? 0 : Values[y * Width + x];
        MaskedMap Apply(float[] kernel)
        {
            var filtered = new double[width * height];
            for (var i = 0; i < filtered.Length; i++)
            {
                var (left, top) = (i % width * stride - padding, i / width * stride - padding);
                for (var k = 0; k < kernel.Length; k++) { filtered[i] += kernel[k] * At(left + k % side, top + k / side); }
            }
            return new(filtered, width);
        }
        return [.. filter.Kernels.Select(Apply)];
    }
}
