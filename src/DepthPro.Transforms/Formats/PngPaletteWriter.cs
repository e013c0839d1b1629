using System.IO.Compression;

namespace DepthPro.Formats;

/// <summary>Writes pictures of at most 256 colours as PNG files, in memory and without ML.NET's encoder: the same bytes on every platform, and small.</summary>
internal static class PngPaletteWriter
{
    private const int Bits = 8;

    // Where neighbouring colours stand beside each other in the palette, as in a colour map, differences are small.
    private const PngFilter Filter = PngFilter.Left;

    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="indices">(height, width) entries of the palette.</param>
    /// <param name="palette">0xRRGGBB; at most 256.</param>
    /// <param name="firstIsTransparent">Whether the palette's first entry is no colour, but shows what lies behind.</param>
    public static byte[] Write(int width, int height, ReadOnlySpan<byte> indices, ReadOnlySpan<uint> palette, bool firstIsTransparent)
    {
        var colors = new byte[palette.Length * 3];
        for (var i = 0; i < palette.Length; i++) { (colors[3 * i], colors[3 * i + 1], colors[3 * i + 2]) = ((byte)(palette[i] >> 16), (byte)(palette[i] >> 8), (byte)palette[i]); }

        using var file = new MemoryStream();
        PngChunks.WriteHeader(file, width, height, Bits, PngColor.Palette);
        PngChunks.Write(file, "PLTE"u8, colors);
        if (firstIsTransparent) { PngChunks.Write(file, "tRNS"u8, [0]); }
        PngChunks.Write(file, "IDAT"u8, Pack(width, height, indices));
        PngChunks.Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Pack(int width, int height, ReadOnlySpan<byte> indices)
    {
        using var data = new MemoryStream();
        using (var rows = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var line = new byte[1 + width];
            line[0] = (byte)Filter;
            for (var y = 0; y < height; y++)
            {
                var row = indices.Slice(y * width, width);
                for (var x = 0; x < width; x++) { line[1 + x] = (byte)(row[x] - (x == 0 ? 0 : row[x - 1])); }
                rows.Write(line);
            }
        }
        return data.ToArray();
    }
}
