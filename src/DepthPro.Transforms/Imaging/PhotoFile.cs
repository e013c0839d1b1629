using System.Buffers.Binary;

namespace DepthPro.Imaging;

/// <summary>What an encoded photo says of itself, found without decoding it and without allocating. Nothing throws.</summary>
/// <param name="Kind">JPEG, PNG, WebP, GIF or BMP.</param>
/// <param name="Width">Pixels before orientation; 0 when not said.</param>
/// <param name="Height">Pixels before orientation; 0 when not said.</param>
/// <param name="IsWhole">Whether the file reaches the image's end: JPEG's EOI, PNG's IEND, WebP's RIFF length, BMP's last row; a GIF counts as whole.</param>
/// <param name="Exif">Where the EXIF data, a TIFF structure, lies; empty when there is none.</param>
/// <remarks>Sources: ITU-T T.81, annex B; the PNG specification, sections 5 and 11; WebP container specification (RFC 9649); GIF89a,
/// section 18; BITMAPFILEHEADER and BITMAPINFOHEADER of Windows.</remarks>
internal readonly record struct PhotoFile(string Kind, int Width, int Height, bool IsWhole, Range Exif)
{
    // File header and the shortest information header that gives sizes as 32-bit numbers.
    private const int BmpHeaderLength = 14 + 40;

    private static ReadOnlySpan<byte> ExifPrefix => "Exif\0\0"u8;

    /// <summary>Null for a kind of file that this does not know.</summary>
    public static PhotoFile? Inspect(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xD8, 0xFF, ..] => Jpeg(file),
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png(file),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebP(file),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', _, (byte)'a', _, _, _, _, ..] => Gif(file),
        [(byte)'B', (byte)'M', ..] when file.Length >= BmpHeaderLength => Bmp(file),
        _ => null,
    };

    private static PhotoFile Jpeg(ReadOnlySpan<byte> file)
    {
        const byte EndOfImage = 0xD9, App1 = 0xE1, Stuffed = 0x00;
        var photo = new PhotoFile("JPEG", 0, 0, IsWhole: false, default);
        // Segments have a length; the coded image between them has none and holds markers stuffed with 0 only, so it is passed as decoders pass it.
        for (var at = 2; NextMarker(file, ref at) is { } marker;)
        {
            if (marker == EndOfImage) { return photo with { IsWhole = true }; }
            if (marker is Stuffed or 0x01 or (>= 0xD0 and <= 0xD8)) { continue; } // TEM, RST0 to 7, SOI have no length
            if (file.Length - at < sizeof(ushort)) { break; }
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (length < sizeof(ushort) || length > file.Length - at) { break; }
            var segment = file.Slice(at + sizeof(ushort), length - sizeof(ushort));
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && segment.Length >= 5) // SOF: precision, height, width
            {
                photo = photo with { Height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), Width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]) };
            }
            if (marker == App1 && segment.StartsWith(ExifPrefix) && photo.Exif.Equals(default)) { photo = photo with { Exif = (at + sizeof(ushort) + ExifPrefix.Length)..(at + length) }; }
            at += length;
        }
        return photo;
    }

    private static byte? NextMarker(ReadOnlySpan<byte> file, ref int at)
    {
        var skipped = file[at..].IndexOf((byte)0xFF);
        if (skipped < 0) { return null; }
        at += skipped;
        while (at < file.Length && file[at] == 0xFF) { at++; }
        return at < file.Length ? file[at++] : null;
    }

    private static PhotoFile Png(ReadOnlySpan<byte> file)
    {
        const int SignatureLength = 8, Around = 12; // length, type and CRC of a chunk
        var photo = new PhotoFile("PNG", 0, 0, IsWhole: false, default);
        for (var at = SignatureLength; file.Length - at >= Around;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - Around) { break; }
            var type = file.Slice(at + 4, 4);
            var content = (at + 8)..(at + 8 + (int)length);
            if (type.SequenceEqual("IHDR"u8) && length >= 8)
            {
                photo = photo with { Width = Size(BinaryPrimitives.ReadUInt32BigEndian(file[content])), Height = Size(BinaryPrimitives.ReadUInt32BigEndian(file[content][4..])) };
            }
            if (type.SequenceEqual("eXIf"u8)) { photo = photo with { Exif = content }; }
            if (type.SequenceEqual("IEND"u8)) { return photo with { IsWhole = true }; }
            at += Around + (int)length;
        }
        return photo;
    }

    private static PhotoFile WebP(ReadOnlySpan<byte> file)
    {
        const int HeaderLength = 12, ChunkHeader = 8;
        var photo = new PhotoFile("WebP", 0, 0, IsWhole: BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) <= file.Length - ChunkHeader, default);
        for (var at = HeaderLength; file.Length - at >= ChunkHeader;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (length > file.Length - at - ChunkHeader) { break; }
            var type = file.Slice(at, 4);
            var (start, end) = (at + ChunkHeader, at + ChunkHeader + (int)length);
            var content = file[start..end];
            var (width, height) = (photo.Width, photo.Height);
            if (type.SequenceEqual("VP8X"u8) && length >= 10) { (width, height) = (1 + U24(content[4..]), 1 + U24(content[7..])); }
            if (type.SequenceEqual("VP8 "u8) && length >= 10 && width == 0) { (width, height) = (U24(content[6..]) & 0x3FFF, U24(content[7..]) >> 8 & 0x3FFF); }
            if (type.SequenceEqual("VP8L"u8) && length >= 5 && width == 0)
            {
                var bits = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
                (width, height) = (1 + (int)(bits & 0x3FFF), 1 + (int)(bits >> 14 & 0x3FFF));
            }
            photo = photo with { Width = width, Height = height };
            if (type.SequenceEqual("EXIF"u8)) { photo = photo with { Exif = (start + (content.StartsWith(ExifPrefix) ? ExifPrefix.Length : 0))..end }; }
            at = Math.Min(end, file.Length - 1) + ((int)length & 1); // chunks are padded to even lengths
        }
        return photo;
    }

    // The logical screen, which holds every frame.
    private static PhotoFile Gif(ReadOnlySpan<byte> file) =>
        new("GIF", BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]), IsWhole: true, default);

    private static PhotoFile? Bmp(ReadOnlySpan<byte> file)
    {
        const int ShortHeader = 12, Uncompressed = 0, BitFields = 3;
        if (BinaryPrimitives.ReadUInt32LittleEndian(file[14..]) <= ShortHeader) { return null; } // OS/2's: no larger than 65,535 x 65,535
        var width = Size((uint)Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file[18..])));
        var height = Size((uint)Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file[22..]))); // negative: rows from the top
        var rowBits = (long)width * BinaryPrimitives.ReadUInt16LittleEndian(file[28..]);
        var isUncompressed = BinaryPrimitives.ReadUInt32LittleEndian(file[30..]) is Uncompressed or BitFields;
        var pixels = (decimal)((rowBits + 31) / 32 * 4) * Math.Max(height - 1, 0) + (rowBits + 7) / 8; // the last row may lack its padding
        return new("BMP", width, height, IsWhole: !isUncompressed || BinaryPrimitives.ReadUInt32LittleEndian(file[10..]) + pixels <= file.Length, default);
    }

    private static int Size(uint value) => (int)Math.Min(value, int.MaxValue);

    private static int U24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
