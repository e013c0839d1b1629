using System.Buffers.Binary;
using System.IO.Compression;

namespace DepthPro.Transforms.Tests.Imaging;

/// <summary>Writes PNG files of any kind, and false ones.</summary>
internal static class TestPng
{
    public const byte Grey = 0, Rgb = 2, GreyAlpha = 4, Rgba = 6;

    /// <summary>A PNG whose rows all hold the same samples (big endian where they have 16 bits).</summary>
    public static byte[] OfRows(int width, int height, byte bits, byte colour, byte[] row)
    {
        using var data = new MemoryStream();
        using (var lines = new ZLibStream(data, CompressionLevel.Fastest))
        {
            byte[] line = [0, .. row];
            for (var y = 0; y < height; y++) { lines.Write(line); }
        }
        return Of(width, height, bits, colour, data.ToArray());
    }

    /// <summary>A PNG of this header and this compressed data, which need not fit.</summary>
    public static byte[] Of(int width, int height, byte bits, byte colour, byte[] data)
    {
        byte[] header = [0, 0, 0, 0, 0, 0, 0, 0, bits, colour, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, data), .. Chunk("IEND"u8, [])];
    }

    public static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] chunk = [0, 0, 0, 0, .. type, .. content, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32(chunk.AsSpan(4, type.Length + content.Length)));
        return chunk;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) { crc = crc >> 1 ^ (0xEDB88320 & (0 - (crc & 1))); }
        }
        return ~crc;
    }
}
