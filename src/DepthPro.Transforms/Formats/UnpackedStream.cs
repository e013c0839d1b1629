namespace DepthPro.Formats;

/// <summary>Unpacked bytes, read from first to last, with their CRC-32; what is damaged is told with the file's name.</summary>
internal sealed class UnpackedStream(Stream unpacked, string subject) : Stream
{
    /// <summary>The checksum of what was read.</summary>
    public uint Crc { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var count = unpacked.Read(buffer);
            Crc = Crc32.Append(Crc, buffer[..count]);
            return count;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{subject} has damaged compressed data ({e.Message}). Save or copy it again.", e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override void Flush() => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) { unpacked.Dispose(); }
        base.Dispose(disposing);
    }
}
