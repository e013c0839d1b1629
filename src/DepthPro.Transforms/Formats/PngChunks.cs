using System.Buffers.Binary;

namespace DepthPro.Formats;

/// <summary>Writes the parts that a PNG file consists of.</summary>
/// <remarks>Source: the PNG specification (third edition), sections 5, 9, 10 and 11.</remarks>
internal static class PngChunks
{
    private const byte Deflate = 0, AdaptiveFilters = 0, NotInterlaced = 0;

    /// <summary>Signature and size, with which a file begins.</summary>
    public static void WriteHeader(Stream stream, int width, int height, int bits, PngColor color)
    {
        Span<byte> header = [0, 0, 0, 0, 0, 0, 0, 0, (byte)bits, (byte)color, Deflate, AdaptiveFilters, NotInterlaced];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        stream.Write(PngFile.Signature);
        Write(stream, "IHDR"u8, header);
    }

    /// <summary>A chunk with its length and checksum.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
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
