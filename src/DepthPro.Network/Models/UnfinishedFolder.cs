namespace DepthPro.Network;

/// <summary>A folder written beside its final place and renamed when complete; removed when it is not.</summary>
internal sealed class UnfinishedFolder : IDisposable
{
    private readonly string _final, _unfinished;

    public UnfinishedFolder(string path)
    {
        _final = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(_final) || (Directory.Exists(_final) && Directory.EnumerateFileSystemEntries(_final).Any()))
        {
            throw new IOException($"'{_final}' exists and is not an empty folder. Choose another output folder, or remove it first.");
        }
        _unfinished = $"{_final}.{Guid.NewGuid():N}.unfinished";
        Directory.CreateDirectory(_unfinished);
    }

    public string PathOf(string file) => Path.Combine(_unfinished, file);

    public HashingFileStream Create(string file) => new(PathOf(file));

    public void Finish()
    {
        if (Directory.Exists(_final)) { Directory.Delete(_final); }
        Directory.Move(_unfinished, _final);
    }

    public void Dispose()
    {
        if (Directory.Exists(_unfinished)) { Directory.Delete(_unfinished, recursive: true); }
    }
}
