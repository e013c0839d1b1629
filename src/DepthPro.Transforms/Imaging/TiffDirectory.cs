using System.Buffers.Binary;

namespace DepthPro.Imaging;

/// <summary>A directory of tags in a TIFF structure, as EXIF data is one. Reads within the data only, allocates nothing, follows no pointer by
/// itself: it cannot loop. What is damaged counts as absent.</summary>
/// <remarks>Source: TIFF 6.0, section 2; EXIF 2.32, section 4.6.2.</remarks>
internal readonly ref struct TiffDirectory
{
    private const int EntrySize = 12;

    private readonly ReadOnlySpan<byte> _tiff, _entries;
    private readonly bool _isBigEndian;

    private TiffDirectory(ReadOnlySpan<byte> tiff, bool isBigEndian, long offset)
    {
        _tiff = tiff;
        _isBigEndian = isBigEndian;
        if (offset < 0 || offset > tiff.Length - sizeof(ushort)) { return; }
        var start = (int)offset + sizeof(ushort);
        _entries = tiff.Slice(start, Math.Min(U16(tiff[(int)offset..]) * EntrySize, (tiff.Length - start) / EntrySize * EntrySize));
    }

    /// <summary>The first directory; without tags when the data is no TIFF.</summary>
    public static TiffDirectory First(ReadOnlySpan<byte> tiff) => tiff switch
    {
        [(byte)'I', (byte)'I', 42, 0, _, _, _, _, ..] => new(tiff, false, BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..])),
        [(byte)'M', (byte)'M', 0, 42, _, _, _, _, ..] => new(tiff, true, BinaryPrimitives.ReadUInt32BigEndian(tiff[4..])),
        _ => default,
    };

    /// <summary>The directory that a tag points to; without tags when there is none.</summary>
    public TiffDirectory Follow(int tag) => Number(tag) is <= int.MaxValue and var offset ? new(_tiff, _isBigEndian, (long)offset) : default;

    /// <summary>A tag's first value, if it is there and a finite number.</summary>
    public double? Number(int tag)
    {
        for (var entries = _entries; entries.Length > 0; entries = entries[EntrySize..])
        {
            if (U16(entries) == tag) { return First(U16(entries[2..]), U32(entries[4..]), entries.Slice(8, 4)); }
        }
        return null;
    }

    private double? First(int type, uint count, ReadOnlySpan<byte> value)
    {
        var size = type switch { 1 or 6 => 1, 3 or 8 => 2, 4 or 9 or 11 => 4, 5 or 10 or 12 => 8, _ => 0 };
        if (size == 0 || count == 0) { return null; }
        if (size * (long)count > value.Length)
        {
            var offset = U32(value);
            if (offset > _tiff.Length - size) { return null; }
            value = _tiff[(int)offset..];
        }
        var number = type switch
        {
            1 => value[0],
            6 => (sbyte)value[0],
            3 => U16(value),
            8 => (short)U16(value),
            4 => U32(value),
            9 => (int)U32(value),
            5 => (double)U32(value) / U32(value[4..]),
            10 => (double)(int)U32(value) / (int)U32(value[4..]),
            11 => BitConverter.UInt32BitsToSingle(U32(value)),
            _ => _isBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(value) : BinaryPrimitives.ReadDoubleLittleEndian(value),
        };
        return double.IsFinite(number) ? number : null;
    }

    private ushort U16(ReadOnlySpan<byte> bytes) => _isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private uint U32(ReadOnlySpan<byte> bytes) => _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
