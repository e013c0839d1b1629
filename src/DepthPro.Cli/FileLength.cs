namespace DepthPro.Cli;

/// <summary>How long files are.</summary>
internal static class FileLength
{
    /// <summary>Bytes of the file that a path leads to, through links, which <see cref="FileInfo"/> does not follow; null: there is none that can be read.</summary>
    public static long? OrNull(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return RandomAccess.GetLength(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null; // what reads it says why; a pipe has no length
        }
    }
}
