using System.IO.Compression;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The zip archive that a model is saved to. Paths within use '/'.</summary>
internal sealed class RepositoryWriter(Stream stream, IExceptionContext ectx) : IDisposable
{
    private readonly ZipArchive _archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
    private readonly HashSet<string> _written = [];

    public IExceptionContext ExceptionContext => ectx;

    public void Write(string dir, string name, Action<Stream> action)
    {
        var path = Repository.PathOf(dir, name);
        ectx.CheckParam(_written.Add(path), nameof(name), $"Duplicate entry: '{path}'");
        // A zip archive has one open entry at a time, and what is written here may write others.
        using var buffer = new MemoryStream();
        action(buffer);
        using var entry = _archive.CreateEntry(path).Open();
        buffer.WriteTo(entry);
    }

    public void Dispose() => _archive.Dispose();
}

internal sealed class RepositoryReader : IDisposable
{
    private readonly ZipArchive _archive;

    public RepositoryReader(Stream stream, IExceptionContext ectx)
    {
        ExceptionContext = ectx;
        try
        {
            _archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (Exception ex)
        {
            throw ectx.ExceptDecode("Failed to open a zip archive", ex);
        }
    }

    public IExceptionContext ExceptionContext { get; }

    /// <summary>An entry's bytes, or null where there is none.</summary>
    public MemoryStream ReadOrNull(string dir, string name)
    {
        if (_archive.GetEntry(Repository.PathOf(dir, name)) is not { } entry) { return null; }
        var bytes = new MemoryStream();
        using (var stream = entry.Open()) { stream.CopyTo(bytes); }
        bytes.Position = 0;
        return bytes;
    }

    public void Dispose() => _archive.Dispose();
}

internal static class Repository
{
    public static string PathOf(string dir, string name) => string.IsNullOrEmpty(dir) ? name : $"{dir}/{name}";
}
