namespace DepthPro.Formats;

/// <summary>Files that are either complete or not there.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside <paramref name="path"/> and renames; on failure what was there stays and nothing is left behind.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var fullPath = Path.GetFullPath(path);
        var temporary = $"{fullPath}.{Guid.NewGuid():n}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write)) { write(stream); }
            File.Move(temporary, fullPath, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
