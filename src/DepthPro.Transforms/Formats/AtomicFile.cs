using DepthPro.Network;

namespace DepthPro.Formats;

/// <summary>Files that are either complete or not there.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside <paramref name="path"/> and renames; on failure what was there stays and nothing is left behind.</summary>
    /// <exception cref="IOException">The disk is full, or the place not writable.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, temporary =>
    {
        using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
        write(stream);
    });

    /// <summary>Likewise, for a writer that wants a path; it has the extension of <paramref name="path"/>.</summary>
    public static void Write(string path, Action<string> write)
    {
        var fullPath = Path.GetFullPath(path);
        if (Path.GetDirectoryName(fullPath) is { } folder && !Directory.Exists(folder)) { throw new DirectoryNotFoundException($"'{fullPath}' cannot be written: there is no folder '{folder}'. Create it first."); }
        var temporary = Path.ChangeExtension(fullPath, $"{Guid.NewGuid():n}.tmp{Path.GetExtension(fullPath)}");
        try
        {
            write(temporary);
            File.Move(temporary, fullPath, overwrite: true);
        }
        catch (Exception exception)
        {
            File.Delete(temporary);
            if (WriteFailure.Is(exception)) { throw WriteFailure.Explain(fullPath, temporary, exception); }
            throw;
        }
    }
}
