using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace DepthPro.Formats;

/// <summary>Reads NumPy's .npy files: numbers of any size, either byte order, C or Fortran order, format versions 1 to 3.</summary>
/// <remarks>Nothing is executed: of the header, a Python literal, just the form that NumPy writes is understood. Source: NumPy Enhancement Proposal 1;
/// <c>numpy/lib/format.py</c>.</remarks>
internal static partial class NpyReader
{
    // Version 1 cannot have more; arrays of plain numbers need about a hundred.
    private const int MaxHeaderBytes = ushort.MaxValue;

    // Of 8 bytes they stay below the large object heap's threshold of 85,000 bytes.
    private const int ChunkValues = 1 << 13;

    public static ReadOnlySpan<byte> Signature => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <param name="stream">Stands at the file's first byte.</param>
    /// <param name="length">Bytes that the file is said to have; no more memory than fits them is allocated before they are read.</param>
    /// <param name="subject">What to call the file in messages.</param>
    /// <exception cref="InvalidDataException">It is no .npy file of one map of numbers, or is cut off.</exception>
    public static StoredMap Read(Stream stream, long length, string subject)
    {
        var (header, headerEnd) = ReadHeader(stream, subject);
        var type = header.Groups["type"].Value;
        var (height, width) = MapSize(header.Groups["shape"].Value, subject);
        var size = type[^1] - '0';
        var expected = headerEnd + (long)width * height * size;
        if (length != expected)
        {
            throw new InvalidDataException(
                $"{subject} has {length} bytes; its header (type '{type}', shape ({header.Groups["shape"].Value})) expects {expected}. The file is cut off or damaged: save or copy it again.");
        }
        var values = new float[width * height];
        var transposed = header.Groups["order"].Value == "True" && width > 1 && height > 1;
        ReadValues(stream, type, size, transposed ? (chunk, at) => Transpose(chunk, at, values, width, height) : (chunk, at) => chunk.CopyTo(values.AsSpan(at)), values.Length, subject);
        return new(width, height, values, type[1..] switch { "u1" => byte.MaxValue, "u2" => ushort.MaxValue, _ => 1 });
    }

    private delegate void Chunk(ReadOnlySpan<float> values, int at);

    private static (Match Header, long End) ReadHeader(Stream stream, string subject)
    {
        Span<byte> start = stackalloc byte[12];
        Fill(stream, start[..8], subject);
        if (!start.StartsWith(Signature)) { throw new InvalidDataException($"{subject} begins with the bytes {Convert.ToHexString(start[..8])}; expected an .npy file's, {Convert.ToHexString(Signature)}. Save it with numpy.save."); }
        if (start[6] is not (1 or 2 or 3)) { throw new InvalidDataException($"{subject} has .npy format version {start[6]}.{start[7]}; expected 1, 2 or 3. Save it with numpy.save."); }
        var lengthBytes = start[6] == 1 ? sizeof(ushort) : sizeof(uint);
        Fill(stream, start.Slice(8, lengthBytes), subject);
        var length = lengthBytes == sizeof(ushort) ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > MaxHeaderBytes) { throw new InvalidDataException($"{subject} has an .npy header of {length} bytes; expected at most {MaxHeaderBytes}. The file is damaged, or holds a table instead of an array of numbers."); }
        var bytes = new byte[length];
        Fill(stream, bytes, subject);
        var text = Encoding.UTF8.GetString(bytes);
        var match = HeaderPattern().Match(text);
        if (!match.Success || match.Groups["key"].Captures.Count != 3 || !match.Groups["type"].Success || !match.Groups["order"].Success || !match.Groups["shape"].Success)
        {
            throw new InvalidDataException(StructuredPattern().IsMatch(text)
                ? $"{subject} holds records (a structured type); expected numbers. Save one field: numpy.save(path, array['depth'])."
                : $"{subject} has a damaged .npy header, '{Shortened(text)}'; expected a dictionary of descr, fortran_order and shape. Save it with numpy.save.");
        }
        if (!TypePattern().IsMatch(match.Groups["type"].Value))
        {
            throw new InvalidDataException($"{subject} holds elements of type '{Shortened(match.Groups["type"].Value)}' ({Describe(match.Groups["type"].Value)}); expected float16, float32, float64, an integer type or bool. Convert it: array.astype('float32').");
        }
        return (match, 8 + lengthBytes + length);
    }

    // Leading and trailing dimensions of one are a batch or a channel.
    private static (int Height, int Width) MapSize(string shape, string subject)
    {
        Span<long> sizes = [.. shape.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : long.MaxValue)];
        while (sizes.Length > 2 && sizes[0] == 1) { sizes = sizes[1..]; }
        while (sizes.Length > 2 && sizes[^1] == 1) { sizes = sizes[..^1]; }
        if (sizes.Length != 2) { throw new InvalidDataException($"{subject} has the shape ({Shortened(shape)}); expected one map: (height, width), (1, height, width) or (height, width, 1)."); }
        StoredMap.CheckSize(sizes[1], sizes[0], subject);
        return ((int)sizes[0], (int)sizes[1]);
    }

    private static void ReadValues(Stream stream, string type, int size, Chunk take, int count, string subject)
    {
        var floats = new float[Math.Min(count, ChunkValues)];
        var bytes = new byte[floats.Length * size];
        for (var at = 0; at < count;)
        {
            var values = floats.AsSpan(0, Math.Min(floats.Length, count - at));
            var chunk = bytes.AsSpan(0, values.Length * size);
            Fill(stream, chunk, subject);
            if (type[0] == '>') { Reverse(chunk, size); }
            Widen(type[1..], chunk, values);
            take(values, at);
            at += values.Length;
        }
    }

    // In Fortran order the row changes fastest.
    private static void Transpose(ReadOnlySpan<float> chunk, int at, float[] values, int width, int height)
    {
        var (x, y) = (at / height, at % height);
        foreach (var value in chunk)
        {
            values[y * width + x] = value;
            if (++y == height) { (x, y) = (x + 1, 0); }
        }
    }

    private static void Reverse(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2: Reverse<ushort>(bytes, BinaryPrimitives.ReverseEndianness); break;
            case 4: Reverse<uint>(bytes, BinaryPrimitives.ReverseEndianness); break;
            case 8: Reverse<ulong>(bytes, BinaryPrimitives.ReverseEndianness); break;
        }
    }

    private static void Reverse<T>(Span<byte> bytes, Action<ReadOnlySpan<T>, Span<T>> reverse) where T : unmanaged =>
        reverse(MemoryMarshal.Cast<byte, T>(bytes), MemoryMarshal.Cast<byte, T>(bytes));

    private static void Widen(string type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        switch (type)
        {
            case "f2": Widen<Half>(bytes, values); break;
            case "f4": bytes.CopyTo(MemoryMarshal.AsBytes(values)); break;
            case "f8": Widen<double>(bytes, values); break;
            case "i1": Widen<sbyte>(bytes, values); break;
            case "i2": Widen<short>(bytes, values); break;
            case "i4": Widen<int>(bytes, values); break;
            case "i8": Widen<long>(bytes, values); break;
            case "u1": Widen<byte>(bytes, values); break;
            case "u2": Widen<ushort>(bytes, values); break;
            case "u4": Widen<uint>(bytes, values); break;
            case "u8": Widen<ulong>(bytes, values); break;
            default: for (var i = 0; i < bytes.Length; i++) { values[i] = bytes[i] == 0 ? 0 : 1; } break; // b1
        }
    }

    private static void Widen<T>(ReadOnlySpan<byte> bytes, Span<float> values) where T : unmanaged, INumberBase<T> =>
        TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, T>(bytes), values);

    private static void Fill(Stream stream, Span<byte> bytes, string subject)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) { throw new InvalidDataException($"{subject} ends within its .npy data. The file is cut off: save or copy it again."); }
    }

    private static string Describe(string type) => type.TrimStart('<', '>', '|', '=') switch
    {
        ['c', ..] => "complex numbers",
        ['O', ..] => "Python objects, which are never loaded",
        ['S' or 'U' or 'a', ..] => "text",
        ['V', ..] => "raw bytes",
        ['m' or 'M', ..] => "times",
        ['f', ..] => "floats of another size",
        _ => "unknown",
    };

    private static string Shortened(string text) => text.Length <= 80 ? text.TrimEnd() : $"{text[..80]}…";

    [GeneratedRegex(@"^\{\s*(?:(?<key>'descr'\s*:\s*'(?<type>[^'\n]*)'|'fortran_order'\s*:\s*(?<order>True|False)|'shape'\s*:\s*\((?<shape>[0-9, ]*)\))\s*(?:,\s*)?)+\}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderPattern();

    [GeneratedRegex(@"'descr'\s*:\s*[\[(]", RegexOptions.CultureInvariant)]
    private static partial Regex StructuredPattern();

    [GeneratedRegex(@"^(?:[<>|=](?:f[248]|[iu][1248]|b1))$", RegexOptions.CultureInvariant)]
    private static partial Regex TypePattern();
}
