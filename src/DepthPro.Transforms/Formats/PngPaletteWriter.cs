using System.Buffers.Binary;
using System.IO.Compression;

namespace DepthPro.Formats;

/// <summary>Writes pictures of at most 256 colours as PNG files, in memory and without ML.NET's encoder: the same bytes on every platform, and small.</summary>
/// <remarks>Source: the PNG specification (third edition), sections 5, 9, 10 and 11.</remarks>
internal static class PngPaletteWriter
{
    private const byte Bits = 8, Deflate = 0, AdaptiveFilters = 0, NotInterlaced = 0;

    // Where neighbouring colours stand beside each other in the palette, as in a colour map, differences are small.
    private const PngFilter Filter = PngFilter.Left;

    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="indices">(height, width) entries of the palette.</param>
    /// <param name="palette">0xRRGGBB; at most 256.</param>
    /// <param name="firstIsTransparent">Whether the palette's first entry is no colour, but shows what lies behind.</param>
    public static byte[] Write(int width, int height, ReadOnlySpan<byte> indices, ReadOnlySpan<uint> palette, bool firstIsTransparent)
    {
        Span<byte> header = [0, 0, 0, 0, 0, 0, 0, 0, Bits, (byte)PngColor.Palette, Deflate, AdaptiveFilters, NotInterlaced];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        var colors = new byte[palette.Length * 3];
        for (var i = 0; i < palette.Length; i++) { (colors[3 * i], colors[3 * i + 1], colors[3 * i + 2]) = ((byte)(palette[i] >> 16), (byte)(palette[i] >> 8), (byte)palette[i]); }

        using var file = new MemoryStream();
        file.Write(PngFile.Signature);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "PLTE"u8, colors);
        if (firstIsTransparent) { WriteChunk(file, "tRNS"u8, [0]); }
        WriteChunk(file, "IDAT"u8, Pack(width, height, indices));
        WriteChunk(file, "IEND"u8, []);
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

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Append(Crc32.Append(0, type), content));
        stream.Write(number);
    }
}
