using DepthPro.Tests;

namespace DepthPro.Cli.Tests;

/// <summary>A folder of small photos and of what the program makes of them.</summary>
internal sealed class PhotoFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string this[string name] => _folder[name];

    public static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (DepthProCommand.Run(args, output, error), output.ToString(), error.ToString());
    }

    /// <summary>A photo of its own pixels, in the format of its extension.</summary>
    public string Photo(string name, int width = 24, int height = 16)
    {
        var seed = name.Sum(c => c);
        DepthPro.Photo.FromPixels(width, height, [.. Enumerable.Range(0, width * height * 3).Select(i => (byte)(i * 255 / (width * height * 3) + i % width * seed))]).Save(Place(name));
        return _folder[name];
    }

    /// <summary>A file that is named as a photo and is none.</summary>
    public string Broken(string name)
    {
        File.WriteAllText(Place(name), "not a photo");
        return _folder[name];
    }

    /// <summary>Files of a folder and of those in it, from there, with '/', without what a killed process left under a temporary name.</summary>
    public string[] Files(string folder) =>
        [.. Directory.GetFiles(_folder[folder], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder[folder], path).Replace('\\', '/')).Where(path => !path.Contains(".tmp.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public void AssertSameFiles(string expected, string got)
    {
        Assert.Equal(Files(expected), Files(got));
        Assert.All(Files(expected), name => Assert.True(File.ReadAllBytes(Path.Combine(_folder[expected], name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(_folder[got], name))), $"'{name}' differs between '{expected}' and '{got}'."));
    }

    public void Dispose() => _folder.Dispose();

    private string Place(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name]) ?? "");
        return _folder[name];
    }
}
