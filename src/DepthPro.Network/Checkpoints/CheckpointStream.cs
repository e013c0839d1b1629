namespace DepthPro.Network.Checkpoints;

/// <summary>Random access to a checkpoint's bytes for several threads, and the first words of every message about it.</summary>
/// <param name="stream">Seekable; disposed with this.</param>
/// <param name="name">The file.</param>
/// <param name="subject">What messages begin with, where the file is no checkpoint.</param>
internal sealed class CheckpointStream(Stream stream, string name, string? subject = null) : IDisposable
{
    private readonly Lock _lock = new();

    public string Name => name;

    public long Length { get; } = stream.Length;

    /// <summary>Fills <paramref name="destination"/> from byte <paramref name="offset"/> on.</summary>
    public void Read(long offset, Span<byte> destination)
    {
        lock (_lock)
        {
            stream.Position = offset;
            var read = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            if (read < destination.Length)
            {
                throw Bad($"ends at byte {offset + read}; expected {destination.Length} bytes from byte {offset} on. The file is cut off: download or save it again.");
            }
        }
    }

    public byte[] Read(long offset, int count)
    {
        var bytes = new byte[count];
        Read(offset, bytes);
        return bytes;
    }

    /// <summary>An exception that says which checkpoint it is about.</summary>
    public InvalidDataException Bad(string what, Exception? inner = null) => new($"{subject ?? $"Checkpoint '{name}'"} {what}", inner);

    public void Dispose() => stream.Dispose();
}
