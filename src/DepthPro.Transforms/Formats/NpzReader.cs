using System.IO.Compression;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Checkpoints.Torch;

namespace DepthPro.Formats;

/// <summary>Reads one array of NumPy's .npz files: zip archives of .npy files, stored (numpy.savez) or deflated (numpy.savez_compressed).</summary>
/// <remarks>Memory is taken for the array's packed bytes, and for its values only if so few bytes can hold them.</remarks>
internal static class NpzReader
{
    private const string Extension = ".npy";
    private const int Encrypted = 1, Stored = 0, Deflated = 8;

    // More would hide what the message is about.
    private const int MaxNames = 10;

    public static bool IsSignature(ReadOnlySpan<byte> start) => start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8);

    /// <param name="stream">Seekable.</param>
    /// <param name="arrayName">The array's name without .npy, or null for the usual one or the only one.</param>
    /// <param name="usualName">The array that is meant where several are and none is named.</param>
    /// <param name="subject">What to call the file in messages.</param>
    /// <exception cref="InvalidDataException">It is no .npz file, is damaged, or has no such array.</exception>
    public static StoredMap Read(Stream stream, string? arrayName, string usualName, string subject)
    {
        // It does not own the stream, so it is not disposed.
        var file = new CheckpointStream(stream, subject, subject);
        var zip = new ZipDirectory(file);
        var entry = Choose(zip.Entries, arrayName, usualName, file);
        if ((entry.Flags & Encrypted) != 0 || entry.Method is not (Stored or Deflated))
        {
            throw file.Bad($"has zip entry '{entry.Name}' encrypted or compressed by method {entry.Method}; expected it stored or deflated, as numpy.savez and numpy.savez_compressed write it. Save it again.");
        }
        if (entry.Method == Stored ? entry.CompressedLength != entry.Length : !Deflate.CanHold(entry.CompressedLength, entry.Length))
        {
            throw file.Bad($"claims {entry.Length} bytes for zip entry '{entry.Name}', of which it holds {entry.CompressedLength}; no more than 1032 can be packed into one. The file is damaged or made to exhaust memory.");
        }
        if (entry.CompressedLength > Array.MaxLength) { throw file.Bad($"has {entry.CompressedLength} bytes in zip entry '{entry.Name}'; expected at most {Array.MaxLength}. Save the one map alone, as .npy."); }
        var packed = new MemoryStream(file.Read(zip.DataOffset(entry), (int)entry.CompressedLength), writable: false);
        using var content = new UnpackedStream(entry.Method == Stored ? packed : new DeflateStream(packed, CompressionMode.Decompress), subject);
        var map = NpyReader.Read(content, entry.Length, $"{subject}, array '{NameOf(entry)}',");
        if (content.ReadByte() >= 0 || content.Crc != entry.Crc32) { throw file.Bad($"has zip entry '{entry.Name}' of another length or checksum than its directory says. The file is damaged: save or copy it again."); }
        return map;
    }

    private static ZipEntry Choose(IReadOnlyDictionary<string, ZipEntry> entries, string? arrayName, string usualName, CheckpointStream file)
    {
        if (entries.TryGetValue((arrayName ?? usualName) + Extension, out var named)) { return named; }
        ZipEntry[] arrays = [.. entries.Values.Where(entry => entry.Name.EndsWith(Extension, StringComparison.Ordinal))];
        if (arrayName is null && arrays is [var only]) { return only; }
        if (arrays.Length == 0)
        {
            throw file.Bad($"is a zip archive without arrays: found {(entries.Count == 0 ? "nothing" : Names(entries.Keys))}; expected .npy files in it. Save it with numpy.savez or numpy.savez_compressed.");
        }
        var found = Names(arrays.Select(NameOf));
        throw file.Bad(arrayName is null
            ? $"has the arrays {found}; expected '{usualName}' or only one. Say which it is: {nameof(DepthFileOptions.ArrayName)}."
            : $"has no array '{arrayName}'; found {found}.");
    }

    private static string NameOf(ZipEntry entry) => entry.Name[..^Extension.Length];

    private static string Names(IEnumerable<string> names)
    {
        string[] all = [.. names.Order(StringComparer.Ordinal)];
        return string.Join(", ", all.Take(MaxNames).Select(name => $"'{name}'")) + (all.Length > MaxNames ? $" and {all.Length - MaxNames} more" : "");
    }
}
