using System.Text;

namespace DepthPro.Transforms.Tests.Scoring.Devices;

/// <summary>Writes the smallest shared library (ELF, x86-64) that has no code and needs another.</summary>
internal static class SharedLibrary
{
    private const long HeaderBytes = 64, SegmentBytes = 56, DynamicBytes = 7 * 16, SymbolBytes = 24, HashBytes = 16;
    private const long Dynamic = HeaderBytes + 2 * SegmentBytes, Symbols = Dynamic + DynamicBytes, Hash = Symbols + SymbolBytes, Strings = Hash + HashBytes;

    public static void Write(string path, string needed)
    {
        var strings = Encoding.ASCII.GetBytes($"\0{needed}\0");
        using var file = new BinaryWriter(File.Create(path));
        file.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]); // 64 bits, little endian
        Write(file, (short)3, (short)62);                                   // shared object, x86-64
        Write(file, 1, 0L, HeaderBytes, 0L, 0);                             // version, entry, segments, sections, flags
        Write(file, (short)HeaderBytes, (short)SegmentBytes, (short)2, (short)0, (short)0, (short)0);
        Segment(file, type: 1, flags: 6, 0, Strings + strings.Length, 0x1000); // loaded, writable
        Segment(file, type: 2, flags: 6, Dynamic, DynamicBytes, 8);
        Write(file, 1L, 1L, 4L, Hash, 5L, Strings, 6L, Symbols, 10L, (long)strings.Length, 11L, SymbolBytes, 0L, 0L); // DT_NEEDED, HASH, STRTAB, SYMTAB, STRSZ, SYMENT, end
        file.Write(new byte[SymbolBytes]);
        Write(file, 1, 1, 0, 0);                                            // one bucket, one symbol
        file.Write(strings);
    }

    private static void Segment(BinaryWriter file, int type, int flags, long at, long bytes, long alignment)
        => Write(file, type, flags, at, at, at, bytes, bytes, alignment);

    private static void Write(BinaryWriter file, params object[] fields)
    {
        foreach (var field in fields)
        {
            switch (field)
            {
                case short value: file.Write(value); break;
                case int value: file.Write(value); break;
                case long value: file.Write(value); break;
                default: throw new ArgumentException($"A field is a {field.GetType().Name}.");
            }
        }
    }
}
