using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DepthPro.Formats;

/// <summary>The samples of a PNG file as they are stored, with all of their bits, which ML.NET's decoder does not keep.</summary>
/// <remarks>Every chunk's checksum is checked; colour profiles, gamma and the like are not applied; interlaced files are refused. Takes memory for the
/// file and for two rows. Source: the PNG specification (third edition), sections 5, 7, 9 and 11.</remarks>
internal sealed class PngFile
{
    private const int AroundContent = 12; // length, type and checksum
    private const int HeaderBytes = 13, MaxRowBytes = 1 << 30;

    // The file, in which the compressed data, from several chunks, are moved together at the beginning.
    private readonly byte[] _bytes;
    private readonly string _subject;
    private int _dataBytes;

    private PngFile(byte[] bytes, string subject) => (_bytes, _subject) = (bytes, subject);

    /// <summary>Takes one row's samples: those of a pixel beside each other, those of 16 bits big endian, those of less than 8 packed from the highest bit on.</summary>
    public delegate void Row(int y, ReadOnlySpan<byte> samples);

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Bits of a sample: 1, 2, 4, 8 or 16.</summary>
    public int Bits { get; private set; }

    public PngColor Color { get; private set; }

    /// <summary>Red, green and blue of each index, where <see cref="Color"/> is <see cref="PngColor.Palette"/>.</summary>
    public ReadOnlyMemory<byte> Palette { get; private set; }

    /// <summary>Samples of a pixel.</summary>
    public int Channels => Color switch { PngColor.Rgb => 3, PngColor.GreyAlpha => 2, PngColor.Rgba => 4, _ => 1 };

    private long RowBytes => ((long)Width * Channels * Bits + 7) / 8;

    /// <exception cref="InvalidDataException">It is no PNG file, is damaged, cut off or interlaced, or is too small for the pixels that it claims.</exception>
    public static PngFile Read(Stream stream, string subject)
    {
        if (stream.Length > Array.MaxLength) { throw new InvalidDataException($"{subject} has {stream.Length} bytes; expected at most {Array.MaxLength}."); }
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var png = new PngFile(bytes, subject);
        png.ReadChunks();
        if (png.Width == 0 || png.RowBytes > MaxRowBytes || !Deflate.CanHold(png._dataBytes, (png.RowBytes + 1) * png.Height) || (png.Color == PngColor.Palette && png.Palette.IsEmpty))
        {
            throw png.Bad($"claims {png.Width} x {png.Height} pixels of {png.Channels} x {png.Bits} bits and holds {png._dataBytes} bytes of compressed data{(png.Color == PngColor.Palette ? $" and a palette of {png.Palette.Length} bytes" : "")}, too few for them. The file is damaged or made to exhaust memory.");
        }
        return png;
    }

    /// <summary>Unpacks the rows, from the top down; may be called again.</summary>
    /// <exception cref="InvalidDataException">The compressed data are damaged or too short.</exception>
    public void ReadRows(Row take)
    {
        using var data = new UnpackedStream(new ZLibStream(new MemoryStream(_bytes, 0, _dataBytes, writable: false), CompressionMode.Decompress), _subject);
        var (line, above) = (new byte[1 + RowBytes], new byte[1 + RowBytes]);
        var pixelBytes = Math.Max(Channels * Bits / 8, 1);
        for (var y = 0; y < Height; y++)
        {
            if (data.ReadAtLeast(line, line.Length, throwOnEndOfStream: false) < line.Length) { throw Bad($"ends in row {y} of {Height}. The file is cut off or damaged: save or copy it again."); }
            var filter = line[0];
            var row = line.AsSpan(1);
            if (filter > (byte)PngFilter.Paeth) { throw Bad($"has the filter {filter} in row {y}; expected 0 to 4. The file is damaged: save or copy it again."); }
            PngFilters.Undo((PngFilter)filter, row, above.AsSpan(1), pixelBytes);
            take(y, row);
            (line, above) = (above, line);
        }
    }

    public InvalidDataException Bad(string what) => new($"{_subject} {what}");

    private void ReadChunks()
    {
        if (!_bytes.AsSpan().StartsWith(Signature)) { throw Bad($"begins with the bytes {Convert.ToHexString(_bytes.AsSpan(0, Math.Min(_bytes.Length, Signature.Length)))}; expected a PNG file's, {Convert.ToHexString(Signature)}."); }
        for (var at = Signature.Length; _bytes.Length - at >= AroundContent;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(at));
            if (length > _bytes.Length - at - AroundContent) { break; }
            var (checkedBytes, content) = (_bytes.AsMemory(at + 4, 4 + (int)length), _bytes.AsMemory(at + 8, (int)length));
            at += AroundContent + (int)length;
            var type = Encoding.Latin1.GetString(checkedBytes.Span[..4]);
            if (Crc32.Append(0, checkedBytes.Span) != BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(at - 4)))
            {
                throw Bad($"has a chunk '{type}' with a wrong checksum. The file is damaged: save or copy it again.");
            }
            if (Width == 0 != (type == "IHDR")) { throw Bad($"has a chunk '{type}' where {(Width == 0 ? "'IHDR' is expected first" : "it has had its 'IHDR'")}. The file is damaged: save or copy it again."); }
            switch (type)
            {
                case "IHDR": ReadHeader(content.Span); break;
                case "PLTE": Palette = content.ToArray(); break;
                case "IDAT":
                    content.Span.CopyTo(_bytes.AsSpan(_dataBytes));
                    _dataBytes += content.Length;
                    break;
                case "IEND": return;
                default:
                    if (char.IsAsciiLetterUpper(type[0])) { throw Bad($"has a chunk '{type}', which is not known and cannot be passed over. Save the file as a plain PNG."); }
                    break;
            }
        }
        throw Bad($"is cut off: found {_bytes.Length} bytes of a PNG file without the image's end. Save or copy it again.");
    }

    private void ReadHeader(ReadOnlySpan<byte> header)
    {
        if (header.Length != HeaderBytes) { throw Bad($"has a PNG header of {header.Length} bytes; expected {HeaderBytes}. The file is damaged: save or copy it again."); }
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
        StoredMap.CheckSize(width, height, _subject);
        (Width, Height, Bits, Color) = ((int)width, (int)height, header[8], (PngColor)header[9]);
        var isAllowed = Color switch
        {
            PngColor.Grey => Bits is 1 or 2 or 4 or 8 or 16,
            PngColor.Palette => Bits is 1 or 2 or 4 or 8,
            PngColor.Rgb or PngColor.GreyAlpha or PngColor.Rgba => Bits is 8 or 16,
            _ => false,
        };
        if (!isAllowed || header[10] != 0 || header[11] != 0 || header[12] > 1)
        {
            throw Bad($"has a PNG header of {Bits} bits, colour type {header[9]}, methods {header[10]}, {header[11]} and {header[12]}, which no PNG has. The file is damaged: save or copy it again.");
        }
        if (header[12] == 1) { throw Bad("is an interlaced PNG (Adam7); expected rows in order. Save it without interlacing."); }
    }
}
