using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace DepthPro.Network.Checkpoints;

/// <summary>Reads stored values (little endian, as both formats have them) as float32.</summary>
internal static class TensorValues
{
    // Below the large object heap's threshold of 85,000 bytes, and large enough to keep system calls rare.
    private const int ChunkBytes = 1 << 16;

    /// <summary>Reads values that follow one another from byte <paramref name="offset"/> on, without a second copy of the whole tensor.</summary>
    public static void ReadContiguous(CheckpointStream source, long offset, TensorType type, Span<float> destination)
    {
        if (type == TensorType.Float32)
        {
            source.Read(offset, MemoryMarshal.AsBytes(destination));
            return;
        }
        var size = type.ByteCount();
        var chunk = new byte[Math.Min(ChunkBytes, (long)destination.Length * size)];
        while (destination.Length > 0)
        {
            var count = Math.Min(destination.Length, chunk.Length / size);
            var bytes = chunk.AsSpan(0, count * size);
            source.Read(offset, bytes);
            Widen(type, bytes, destination[..count]);
            destination = destination[count..];
            offset += bytes.Length;
        }
    }

    /// <summary>Reads a view whose strides are not those of C order. Holds the stored values from the view's first to its last in memory.</summary>
    public static void ReadStrided(CheckpointStream source, StridedView view, TensorType type, Span<float> destination)
    {
        if (destination.IsEmpty) { return; }
        var stored = source.Read(view.ByteOffset, checked((int)(view.Extent * type.ByteCount())));
        switch (type.ByteCount())
        {
            case 1: Gather<byte>(stored, view, type, destination); break;
            case 2: Gather<ushort>(stored, view, type, destination); break;
            case 4: Gather<uint>(stored, view, type, destination); break;
            default: Gather<ulong>(stored, view, type, destination); break;
        }
    }

    /// <summary>Converts stored values to float32.</summary>
    public static void Widen(TensorType type, ReadOnlySpan<byte> bytes, Span<float> destination)
    {
        switch (type)
        {
            case TensorType.Float32: bytes.CopyTo(MemoryMarshal.AsBytes(destination)); break;
            case TensorType.Float16: TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), destination); break;
            case TensorType.BFloat16: WidenBFloat16(MemoryMarshal.Cast<byte, ushort>(bytes), destination); break;
            case TensorType.Float64: Convert<double>(bytes, destination); break;
            case TensorType.Int64: Convert<long>(bytes, destination); break;
            case TensorType.Int32: Convert<int>(bytes, destination); break;
            case TensorType.Int16: Convert<short>(bytes, destination); break;
            case TensorType.Int8: Convert<sbyte>(bytes, destination); break;
            case TensorType.UInt8: Convert<byte>(bytes, destination); break;
            case TensorType.Bool:
                for (var i = 0; i < bytes.Length; i++) { destination[i] = bytes[i] == 0 ? 0 : 1; }
                break;
            default: throw new ArgumentOutOfRangeException(nameof(type), type, "Not a tensor type.");
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> bytes, Span<float> destination) where T : unmanaged, INumberBase<T> =>
        TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, T>(bytes), destination);

    private static void WidenBFloat16(ReadOnlySpan<ushort> values, Span<float> destination)
    {
        var bits = MemoryMarshal.Cast<float, uint>(destination);
        var i = 0;
        for (; i <= values.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(values[i..]), out var low, out var high);
            (low << 16).CopyTo(bits[i..]);
            (high << 16).CopyTo(bits[(i + Vector<uint>.Count)..]);
        }
        for (; i < values.Length; i++) { bits[i] = (uint)values[i] << 16; }
    }

    private static void Gather<T>(ReadOnlySpan<byte> stored, StridedView view, TensorType type, Span<float> destination) where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(stored);
        var chunk = new T[Math.Min(destination.Length, ChunkBytes / type.ByteCount())];
        var index = new int[view.Shape.Count];
        var at = 0L;
        while (destination.Length > 0)
        {
            var count = Math.Min(destination.Length, chunk.Length);
            for (var i = 0; i < count; i++)
            {
                chunk[i] = values[(int)at];
                at = view.Next(index, at);
            }
            Widen(type, MemoryMarshal.AsBytes(chunk.AsSpan(0, count)), destination[..count]);
            destination = destination[count..];
        }
    }
}
