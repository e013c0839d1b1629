namespace DepthPro.Cli;

/// <summary>How long files are.</summary>
internal static class FileLength
{
    /// <summary>Bytes of the file that a path leads to, through links, which <see cref="FileInfo"/> does not follow; null: there is none. It is not opened: a pipe is read once.</summary>
    public static long? OrNull(string path)
    {
        try
        {
            var file = new FileInfo(path);
            var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return target.Exists ? target.Length : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null; // what reads it says why
        }
    }
}
