using System.Security.Cryptography;

namespace DepthPro.Network;

/// <summary>SHA-256 as 64 lower-case hexadecimal digits. Thread-safe.</summary>
public static class Sha256
{
    /// <summary>Of a file's content, read in pieces.</summary>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    public static string OfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
