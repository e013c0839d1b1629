using System.Buffers.Binary;
using System.Text;

namespace DepthPro.Network.Checkpoints.Torch;

/// <summary>
/// The central directory of a zip archive (PKWARE APPNOTE 6.3, sections 4.3 and 4.5.3), so far as torch.save and numpy.savez write it: one disk,
/// zip64 allowed. The bytes of entries stored without compression can be read anywhere in the file without unpacking.
/// </summary>
internal sealed class ZipDirectory
{
    private const uint EndSignature = 0x06054b50, End64LocatorSignature = 0x07064b50, End64Signature = 0x06064b50;
    private const uint EntrySignature = 0x02014b50, LocalSignature = 0x04034b50;
    private const int EndBytes = 22, End64LocatorBytes = 20, End64Bytes = 56, EntryBytes = 46, LocalBytes = 30, MaxCommentBytes = ushort.MaxValue;
    private const ushort Encrypted = 1, Stored = 0, Zip64Field = 1;

    // The published checkpoint's directory has about 0.1 MiB.
    private const long MaxDirectoryBytes = 4 << 20;

    private readonly CheckpointStream _source;

    public ZipDirectory(CheckpointStream source)
    {
        _source = source;
        var (offset, length, count) = FindDirectory();
        if (offset < 0 || length < 0 || length > MaxDirectoryBytes || offset > source.Length - length)
        {
            throw source.Bad($"has a zip directory of {length} bytes at byte {offset}; the file has {source.Length} bytes and a directory at most {MaxDirectoryBytes}. The file is damaged: download or save it again.");
        }
        var directory = source.Read(offset, (int)length).AsSpan();
        while (directory.Length > 0)
        {
            var entry = ParseEntry(ref directory);
            if (!Entries.TryAdd(entry.Name, entry)) { throw source.Bad($"has two zip entries named '{entry.Name}'; names must differ. Save it again."); }
        }
        if (Entries.Count != count) { throw source.Bad($"has {Entries.Count} zip entries; its end record expects {count}. The file is damaged: download or save it again."); }
    }

    public Dictionary<string, ZipEntry> Entries { get; } = [];

    /// <summary>The byte of the file where the content of an entry begins that is neither compressed nor encrypted; it is within the file.</summary>
    public long ContentOffset(ZipEntry entry)
    {
        if ((entry.Flags & Encrypted) != 0 || entry.Method != Stored || entry.CompressedLength != entry.Length)
        {
            throw _source.Bad(
                $"has zip entry '{entry.Name}' compressed or encrypted (method {entry.Method}, {entry.CompressedLength} of {entry.Length} bytes); expected it stored, as torch.save writes it. " +
                "Save it again with torch.save, or repack it without compression (zip -0).");
        }
        return DataOffset(entry);
    }

    /// <summary>The byte of the file where an entry's bytes begin, packed as they are; they are within the file.</summary>
    public long DataOffset(ZipEntry entry)
    {
        Span<byte> header = stackalloc byte[LocalBytes];
        if (entry.HeaderOffset <= _source.Length - LocalBytes)
        {
            _source.Read(entry.HeaderOffset, header);
            var start = entry.HeaderOffset + LocalBytes + U16(header, 26) + U16(header, 28);
            if (U32(header, 0) == LocalSignature && start <= _source.Length - entry.CompressedLength) { return start; }
        }
        throw _source.Bad($"has no {entry.CompressedLength} bytes for zip entry '{entry.Name}' at byte {entry.HeaderOffset}; the file has {_source.Length} bytes. The file is cut off or damaged: download or save it again.");
    }

    private (long Offset, long Length, long Count) FindDirectory()
    {
        var tailStart = Math.Max(0, _source.Length - EndBytes - MaxCommentBytes);
        var tail = _source.Read(tailStart, (int)(_source.Length - tailStart)).AsSpan();
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            if (U32(tail, at) != EndSignature || at + EndBytes + U16(tail, at + 20) != tail.Length) { continue; }
            var hasEnd64 = at >= End64LocatorBytes && U32(tail, at - End64LocatorBytes) == End64LocatorSignature;
            return hasEnd64 ? ReadEnd64(I64(tail, at - End64LocatorBytes + 8)) : (U32(tail, at + 16), U32(tail, at + 12), U16(tail, at + 10));
        }
        throw _source.Bad($"begins like a zip archive but has no end record in its {_source.Length} bytes. The file is cut off: download or save it again.");
    }

    private (long Offset, long Length, long Count) ReadEnd64(long at)
    {
        if (at >= 0 && at <= _source.Length - End64Bytes)
        {
            var end = _source.Read(at, End64Bytes).AsSpan();
            if (U32(end, 0) == End64Signature) { return (I64(end, 48), I64(end, 40), I64(end, 32)); }
        }
        throw _source.Bad($"has no zip64 end record at byte {at}. The file is damaged: download or save it again.");
    }

    private ZipEntry ParseEntry(ref Span<byte> directory)
    {
        if (directory.Length >= EntryBytes && U32(directory, 0) == EntrySignature)
        {
            int nameLength = U16(directory, 28), extraLength = U16(directory, 30), commentLength = U16(directory, 32);
            var total = EntryBytes + nameLength + extraLength + commentLength;
            if (total <= directory.Length)
            {
                var name = Encoding.UTF8.GetString(directory.Slice(EntryBytes, nameLength));
                var (length, compressed, header) = ((long)U32(directory, 24), (long)U32(directory, 20), (long)U32(directory, 42));
                ReadZip64(directory.Slice(EntryBytes + nameLength, extraLength), ref length, ref compressed, ref header);
                if (length < 0 || compressed < 0 || header < 0)
                {
                    throw _source.Bad($"has zip entry '{name}' of {length} bytes at byte {header}. The file is damaged: download or save it again.");
                }
                var entry = new ZipEntry(name, U16(directory, 8), U16(directory, 10), U32(directory, 16), compressed, length, header);
                directory = directory[total..];
                return entry;
            }
        }
        throw _source.Bad($"has a damaged zip directory after {Entries.Count} entries: download or save it again.");
    }

    // The field holds only those numbers, in this order, that do not fit the entry's 32 bits (APPNOTE 4.5.3).
    private static void ReadZip64(ReadOnlySpan<byte> extra, ref long length, ref long compressed, ref long header)
    {
        while (extra.Length >= 4 && U16(extra, 2) <= extra.Length - 4)
        {
            var field = extra.Slice(4, U16(extra, 2));
            if (U16(extra, 0) == Zip64Field)
            {
                Take(ref field, ref length);
                Take(ref field, ref compressed);
                Take(ref field, ref header);
                return;
            }
            extra = extra[(4 + field.Length)..];
        }
    }

    private static void Take(ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value != uint.MaxValue || field.Length < sizeof(long)) { return; }
        value = I64(field, 0);
        field = field[sizeof(long)..];
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
