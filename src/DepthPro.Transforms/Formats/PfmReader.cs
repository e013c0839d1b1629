using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DepthPro.Formats;

/// <summary>Reads grey .pfm files: float32 rows from the bottom up, little endian where the scale is negative.</summary>
/// <remarks>The scale's size is not applied: writers use it for display, or set 1. Source: Debevec, "PFM Portable FloatMap Image Format"; Middlebury
/// stereo, "MiddEval3 SDK", ImageIOpfm.</remarks>
internal static class PfmReader
{
    // Three lines of some digits; a comment would be against the format.
    private const int MaxHeaderBytes = 128;
    private const int HeaderWords = 4;

    public static bool IsSignature(ReadOnlySpan<byte> start) => start is [(byte)'P', (byte)'f' or (byte)'F', (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r', ..];

    /// <param name="stream">Stands at the file's first byte; seekable.</param>
    /// <param name="subject">What to call the file in messages.</param>
    /// <exception cref="InvalidDataException">It is no grey .pfm file, or is cut off.</exception>
    public static StoredMap Read(Stream stream, string subject)
    {
        var (words, headerEnd) = ReadHeader(stream);
        if (words.Length < HeaderWords || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var width) || !int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var height)
            || !double.TryParse(words[3], NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) || scale is 0 or double.NaN)
        {
            throw new InvalidDataException($"{subject} has the .pfm header '{string.Join(' ', words)}'; expected 'Pf', width, height and a scale that is negative for little endian.");
        }
        if (words[0] != "Pf") { throw new InvalidDataException($"{subject} is a .pfm file of colours ('{words[0]}'); expected one channel ('Pf'). Save one channel of it."); }
        StoredMap.CheckSize(width, height, subject);
        var expected = headerEnd + (long)width * height * sizeof(float);
        if (stream.Length != expected)
        {
            throw new InvalidDataException($"{subject} has {stream.Length} bytes; its header ({width} x {height} pixels) expects {expected}. The file is cut off or damaged: save or copy it again.");
        }
        stream.Position = headerEnd;
        var values = new float[width * height];
        for (var y = height - 1; y >= 0; y--)
        {
            var row = MemoryMarshal.AsBytes(values.AsSpan(y * width, width));
            stream.ReadExactly(row);
            if (scale > 0) { BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(row), MemoryMarshal.Cast<byte, uint>(row)); }
        }
        return new(width, height, values);
    }

    // One white space, no more, ends the header: the bytes after it may look like another.
    private static (string[] Words, int End) ReadHeader(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[MaxHeaderBytes];
        bytes = bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        var (words, start) = (new List<string>(), 0);
        for (var at = 0; at < bytes.Length && words.Count < HeaderWords; at++)
        {
            if (bytes[at] is not ((byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')) { continue; }
            if (at > start) { words.Add(Encoding.ASCII.GetString(bytes[start..at])); }
            start = at + 1;
        }
        return ([.. words], start);
    }
}
