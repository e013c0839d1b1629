using System.Buffers;
using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DepthPro.Network.Checkpoints;

/// <summary>Writes safetensors files, one tensor in memory at a time (github.com/huggingface/safetensors, README "Format"). Safe from several threads for different paths.</summary>
public static class SafetensorsWriter
{
    // Keeps float32 values at aligned addresses when the file is mapped.
    private const int HeaderAlignment = 8;
    private const int ChunkValues = 1 << 15;

    /// <summary>
    /// Writes the tensors in the given order to a file of its own beside <paramref name="path"/>, which then replaces it: a failure leaves nothing half-written behind.
    /// </summary>
    /// <param name="path">The file to write.</param>
    /// <param name="tensors">Names, shapes and storage types: <see cref="TensorType.Float32"/>, or <see cref="TensorType.Float16"/>, to which
    /// values are rounded (nearest, ties to even; beyond ±65504 to infinity; NaN stays NaN).</param>
    /// <param name="read">Gives a tensor's values in C order; called once for each, in order.</param>
    /// <param name="metadata">Text pairs for the file's <c>__metadata__</c>.</param>
    /// <exception cref="ArgumentException">A name is used twice or reserved, a type cannot be written, or <paramref name="read"/> gives the wrong number of values.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path, IReadOnlyList<TensorInfo> tensors, Func<TensorInfo, float[]> read, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(read);
        var (header, final) = (Header(tensors, metadata), Path.GetFullPath(path));
        var unfinished = $"{final}.{Guid.NewGuid():N}.unfinished";
        void Attempt(Action write) => WriteFailure.Attempt(final, unfinished, write); // not the reading, which fails in its own words
        try
        {
            var file = WriteFailure.Attempt(final, unfinished, () => new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None));
            try
            {
                Attempt(() => file.Write(header));
                foreach (var tensor in tensors)
                {
                    var values = read(tensor);
                    if (values.Length != tensor.Count)
                    {
                        throw new ArgumentException($"Tensor {tensor} was given {values.Length} values; expected {tensor.Count}.", nameof(read));
                    }
                    Attempt(() => WriteValues(file, tensor.Type, values));
                }
            }
            finally
            {
                Attempt(file.Dispose);
            }
            Attempt(() => File.Move(unfinished, final, overwrite: true));
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static byte[] Header(IReadOnlyList<TensorInfo> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is not null)
            {
                json.WriteStartObject(SafetensorsHeader.MetadataKey);
                foreach (var (key, value) in metadata) { json.WriteString(key, value); }
                json.WriteEndObject();
            }
            var names = new HashSet<string> { SafetensorsHeader.MetadataKey };
            var offset = 0L;
            foreach (var tensor in tensors)
            {
                if (!names.Add(tensor.Name)) { throw new ArgumentException($"Tensor name '{tensor.Name}' is used twice or reserved; names must differ.", nameof(tensors)); }
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", TypeName(tensor));
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape) { json.WriteNumberValue(size); }
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Count * tensor.Type.ByteCount());
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        var length = (buffer.WrittenCount + HeaderAlignment - 1) / HeaderAlignment * HeaderAlignment;
        var header = new byte[SafetensorsHeader.LengthBytes + length];
        BinaryPrimitives.WriteInt64LittleEndian(header, length);
        buffer.WrittenSpan.CopyTo(header.AsSpan(SafetensorsHeader.LengthBytes));
        header.AsSpan(SafetensorsHeader.LengthBytes + buffer.WrittenCount).Fill((byte)' ');
        return header;
    }

    private static string TypeName(TensorInfo tensor) => tensor.Type switch
    {
        TensorType.Float32 => "F32",
        TensorType.Float16 => "F16",
        _ => throw new ArgumentException($"Tensor {tensor} cannot be written; expected float32 or float16.", nameof(tensor)),
    };

    private static void WriteValues(Stream file, TensorType type, ReadOnlySpan<float> values)
    {
        if (type == TensorType.Float32)
        {
            file.Write(MemoryMarshal.AsBytes(values));
            return;
        }
        var chunk = new Half[Math.Min(ChunkValues, values.Length)];
        for (; values.Length > 0; values = values[Math.Min(chunk.Length, values.Length)..])
        {
            var halves = chunk.AsSpan(0, Math.Min(chunk.Length, values.Length));
            TensorPrimitives.ConvertToHalf(values[..halves.Length], halves);
            file.Write(MemoryMarshal.AsBytes(halves));
        }
    }
}
