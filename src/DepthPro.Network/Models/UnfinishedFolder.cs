using System.Text;

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
        WriteFailure.Attempt(_final, _unfinished, () => Directory.CreateDirectory(_unfinished));
    }

    public HashingFileStream Create(string file) => new(Path.Combine(_unfinished, file), Path.Combine(_final, file));

    public void Write(string file, string text)
    {
        using var stream = Create(file);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    public void Finish() => WriteFailure.Attempt(_final, _unfinished, () =>
    {
        if (Directory.Exists(_final)) { Directory.Delete(_final); }
        Directory.Move(_unfinished, _final);
    });

    public void Dispose()
    {
        if (Directory.Exists(_unfinished)) { Directory.Delete(_unfinished, recursive: true); }
    }
}
