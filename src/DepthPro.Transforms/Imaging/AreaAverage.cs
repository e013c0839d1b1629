namespace DepthPro.Imaging;

/// <summary>Makes photos smaller: each target pixel is the mean of the source pixels under it, by the share of each that it covers. Pure; thread-safe.</summary>
/// <remarks>In integers, so that the result is exact, rounded once, and the same everywhere.</remarks>
internal static class AreaAverage
{
    private const int Channels = 3;

    /// <summary>The size of a photo whose longer side is to have at most so many pixels; never larger than it is, never empty.</summary>
    public static (int Width, int Height) SizeWithin(int width, int height, int longerSide)
    {
        var longer = Math.Max(width, height);
        if (longer <= longerSide) { return (width, height); }
        return (Scaled(width), Scaled(height));

        int Scaled(int side) => (int)Math.Max(1, ((long)side * longerSide * 2 + longer) / (2L * longer)); // rounded
    }

    /// <param name="rgb">(height, width, 3).</param>
    /// <param name="width">Pixels of the source.</param>
    /// <param name="height">Pixels of the source.</param>
    /// <param name="targetWidth">Pixels; no more than <paramref name="width"/>.</param>
    /// <param name="targetHeight">Pixels; no more than <paramref name="height"/>.</param>
    /// <returns>(targetHeight, targetWidth, 3).</returns>
    public static byte[] Shrink(ReadOnlySpan<byte> rgb, int width, int height, int targetWidth, int targetHeight)
    {
        var (target, row, sums) = (new byte[targetWidth * targetHeight * Channels], new long[targetWidth * Channels], new long[targetWidth * Channels]);
        var area = (long)width * height; // what the weights of a target pixel add up to
        for (var y = 0; y < targetHeight; y++)
        {
            Array.Clear(sums);
            for (var source = First(y, height, targetHeight); source < End(y, height, targetHeight); source++)
            {
                ShrinkRow(rgb.Slice(source * width * Channels, width * Channels), width, row, targetWidth);
                var share = Overlap(y, source, height, targetHeight);
                for (var i = 0; i < sums.Length; i++) { sums[i] += row[i] * share; }
            }
            for (var i = 0; i < sums.Length; i++) { target[y * sums.Length + i] = (byte)((sums[i] + area / 2) / area); }
        }
        return target;
    }

    private static void ShrinkRow(ReadOnlySpan<byte> source, int width, Span<long> target, int targetWidth)
    {
        for (var x = 0; x < targetWidth; x++)
        {
            var (red, green, blue) = (0L, 0L, 0L);
            for (var i = First(x, width, targetWidth); i < End(x, width, targetWidth); i++)
            {
                var share = Overlap(x, i, width, targetWidth);
                var pixel = source.Slice(i * Channels, Channels);
                (red, green, blue) = (red + pixel[0] * share, green + pixel[1] * share, blue + pixel[2] * share);
            }
            (target[x * Channels], target[x * Channels + 1], target[x * Channels + 2]) = (red, green, blue);
        }
    }

    // In units of which a source pixel is as long as the target has pixels, a target pixel is as long as the source has.
    private static int First(int target, int source, int targets) => (int)((long)target * source / targets);

    private static int End(int target, int source, int targets) => (int)(((long)(target + 1) * source + targets - 1) / targets);

    private static long Overlap(int target, int index, int source, int targets) =>
        Math.Min((long)(target + 1) * source, (long)(index + 1) * targets) - Math.Max((long)target * source, (long)index * targets);
}
