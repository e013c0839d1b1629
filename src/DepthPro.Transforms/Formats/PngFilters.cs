namespace DepthPro.Formats;

/// <summary>By what the bytes of a PNG row are predicted; the differences are stored. By the numbers of the format.</summary>
internal enum PngFilter
{
    None,
    Left,
    Above,
    Average,
    Paeth,
}

/// <summary>Source: the PNG specification (third edition), section 9.</summary>
internal static class PngFilters
{
    /// <summary>Turns differences into samples, in place.</summary>
    /// <param name="filter">The row's.</param>
    /// <param name="row">What is stored of the row.</param>
    /// <param name="above">The samples of the row above; zeros above the first.</param>
    /// <param name="pixelBytes">How far the pixel to the left is, at least one byte.</param>
    public static void Undo(PngFilter filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        if (filter == PngFilter.None) { return; }
        above = above[..row.Length];
        for (var i = 0; i < row.Length; i++)
        {
            var (left, corner) = i < pixelBytes ? (0, 0) : (row[i - pixelBytes], above[i - pixelBytes]);
            row[i] += (byte)Predict(filter, left, above[i], corner);
        }
    }

    /// <summary>Turns samples into differences.</summary>
    /// <param name="filter">The row's.</param>
    /// <param name="row">The samples of the row.</param>
    /// <param name="above">The samples of the row above; zeros above the first.</param>
    /// <param name="differences">Receives what is stored of the row.</param>
    /// <param name="pixelBytes">How far the pixel to the left is, at least one byte.</param>
    public static void Apply(PngFilter filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> differences, int pixelBytes)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var (left, corner) = i < pixelBytes ? (0, 0) : (row[i - pixelBytes], above[i - pixelBytes]);
            differences[i] = (byte)(row[i] - Predict(filter, left, above[i], corner));
        }
    }

    private static int Predict(PngFilter filter, int left, int above, int corner) => filter switch
    {
        PngFilter.None => 0,
        PngFilter.Left => left,
        PngFilter.Above => above,
        PngFilter.Average => (left + above) / 2,
        _ => Paeth(left, above, corner),
    };

    private static int Paeth(int left, int above, int corner)
    {
        var estimate = left + above - corner;
        var (byLeft, byAbove, byCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        return byLeft <= byAbove && byLeft <= byCorner ? left : byAbove <= byCorner ? above : corner;
    }
}
