namespace DepthPro.Cli;

/// <summary>A file, found or named.</summary>
/// <param name="Path">As the caller named it or its folder.</param>
/// <param name="RelativePath">From the folder that was named, with '/' on every system; of a file that was named, its name.</param>
internal readonly record struct FoundFile(string Path, string RelativePath);

/// <summary>A folder whose files are not known, and why.</summary>
internal readonly record struct UnreadableFolder(string Path, string Reason);

/// <summary>Lists the files of folders, and keeps what it had to leave out.</summary>
/// <param name="recursive">Whether subfolders count too.</param>
internal sealed class FolderWalk(bool recursive)
{
    /// <summary>Subfolders that cannot be read.</summary>
    public List<UnreadableFolder> Unreadable { get; } = [];

    /// <summary>Links to folders, which are not followed: they may lead in circles.</summary>
    public List<string> Links { get; } = [];

    /// <summary>The files of a folder whose names match a pattern, in no order.</summary>
    /// <param name="folder">Empty: the current one.</param>
    /// <param name="pattern">With * and ?.</param>
    /// <param name="relative">What their relative paths begin with.</param>
    /// <exception cref="IOException">The folder itself cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public List<FoundFile> Files(string folder, string pattern, string relative = "")
    {
        var place = folder.Length == 0 ? "." : folder;
        List<FoundFile> files = [.. Directory.EnumerateFiles(place, pattern).Select(path => Path.GetFileName(path)).Select(name => new FoundFile(Path.Combine(folder, name), $"{relative}{name}"))];
        if (!recursive) { return files; }
        foreach (var subfolder in new DirectoryInfo(place).EnumerateDirectories())
        {
            var path = Path.Combine(folder, subfolder.Name);
            if (subfolder.LinkTarget is not null)
            {
                Links.Add(path);
                continue;
            }
            try
            {
                files.AddRange(Files(path, pattern, $"{relative}{subfolder.Name}/"));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Unreadable.Add(new(path, exception.Message));
            }
        }
        return files;
    }
}
