using System.Security.Cryptography;

namespace DepthPro.Network;

/// <summary>A file being written whose SHA-256 is taken on the way.</summary>
/// <param name="path">The file.</param>
/// <param name="final">Its name once its folder is complete, for messages.</param>
internal sealed class HashingFileStream(string path, string final) : Stream
{
    private const int BufferSize = 1 << 20;

    private readonly FileStream _file = WriteFailure.Attempt(final, path, () => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize));
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Name, length and hash of what was written.</summary>
    public ModelFile Finish()
    {
        Flush();
        return new(Path.GetFileName(path), _file.Length, Convert.ToHexStringLower(_hash.GetCurrentHash()));
    }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => _file.Length;
    public override long Position { get => _file.Position; set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        try
        {
            _file.Write(buffer);
        }
        catch (Exception exception) when (WriteFailure.Is(exception))
        {
            throw WriteFailure.Explain(final, path, exception);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    public override void Flush() => WriteFailure.Attempt(final, path, _file.Flush);
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            WriteFailure.Attempt(final, path, _file.Dispose);
            _hash.Dispose();
        }
        base.Dispose(disposing);
    }
}
