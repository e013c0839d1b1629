using System.Runtime.InteropServices;
using System.Text;
using DepthPro.Formats;

namespace DepthPro;

/// <summary>Writes NumPy's .npy files. Thread-safe.</summary>
/// <remarks>Source: NumPy Enhancement Proposal 1, format version 1.0.</remarks>
public static class Npy
{
    private const int Alignment = 64;

    /// <summary>Writes metres as float32, little endian, (Height, Width), C order. A file at <paramref name="path"/> is replaced when the
    /// new one is complete, never half-written.</summary>
    /// <exception cref="IOException">The file cannot be written, or its folder does not exist
    /// (<see cref="DirectoryNotFoundException"/>).</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file is read-only.</exception>
    public static void Write(string path, DepthMap depth)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(depth);
        AtomicFile.Write(path, stream => WriteTo(stream, depth));
    }

    /// <summary>Writes the same bytes where a file is made by others.</summary>
    internal static void WriteTo(Stream stream, DepthMap depth)
    {
        stream.Write(Header(depth.Height, depth.Width));
        stream.Write(MemoryMarshal.AsBytes(depth.Meters));
    }

    private static byte[] Header(int height, int width)
    {
        ReadOnlySpan<byte> magicAndVersion = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];
        var fields = FormattableString.Invariant($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({height}, {width}), }}");
        var prefix = magicAndVersion.Length + sizeof(ushort);
        var length = (prefix + fields.Length + 1 + Alignment - 1) / Alignment * Alignment - prefix;
        return [.. magicAndVersion, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(fields.PadRight(length - 1)), (byte)'\n'];
    }
}
