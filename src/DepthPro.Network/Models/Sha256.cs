using System.Security.Cryptography;
using System.Text;

namespace DepthPro.Network;

/// <summary>SHA-256 as 64 lower-case hexadecimal digits. Thread-safe.</summary>
public static class Sha256
{
    /// <summary>Of a file's content, read in pieces.</summary>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    public static string OfFile(string path) => OfFile(path, CancellationToken.None);

    /// <summary>Of one file, its hash; of several, the hash of their hashes' text in order.</summary>
    internal static string OfFiles(IReadOnlyList<string> paths) => paths is [var single]
        ? OfFile(single)
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(paths.Select(OfFile)))));

    /// <inheritdoc cref="OfFile(string)"/>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    internal static string OfFile(string path, CancellationToken cancellation)
    {
        const int PieceBytes = 1 << 20;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = GC.AllocateUninitializedArray<byte>(PieceBytes);
        for (int read; (read = file.Read(piece)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(piece.AsSpan(0, read));
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
