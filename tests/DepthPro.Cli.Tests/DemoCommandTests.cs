using System.Text.RegularExpressions;
using DepthPro.Tests;

namespace DepthPro.Cli.Tests;

public sealed partial class DemoCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_every_form_of_the_sample_photos_depth_and_a_page_that_shows_them()
    {
        var (code, output, error) = Run("demo", "--output", _folder["demo"]);

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Equal(_folder["demo/index.html"], output.Trim());
        string[] written = [.. Directory.GetFiles(_folder["demo"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(["boundaries.png", "depth.depth16.png", "depth.glb", "depth.json", "depth.npy", "depth.npz", "depth.pfm", "depth.ply", "features.csv", "grey.depth.png", "index.html", "magma.depth.png",
            "photo.png", "side-by-side.png", "turbo.depth.png", "viridis.depth.png"], written);
        var page = File.ReadAllText(_folder["demo/index.html"]);
        string[] named = [.. FilePattern().Matches(page).Select(match => match.Groups[1].Value).Where(name => !name.StartsWith("data:", StringComparison.Ordinal)).Distinct()];
        Assert.Empty(named.Except(written));
        Assert.Empty(written.Except(["index.html", "photo.png"]).Except(named));
        Assert.Contains("focal length", page);
        Assert.Equal(DepthFile.Read(_folder["demo/depth.npy"]).Meters.ToArray(), DepthFile.Read(_folder["demo/depth.npz"]).Meters.ToArray());
        Assert.Equal(DepthFeatures.Count + 1, File.ReadAllLines(_folder["demo/features.csv"]).Length);
    }

    [Fact]
    public void Takes_a_photo_and_a_model()
    {
        Photo.FromPixels(20, 10, [.. Enumerable.Range(0, 600).Select(i => (byte)i)]).Save(_folder["<mine>.png"]);

        var (code, _, error) = Run("demo", _folder["<mine>.png"], "--output", _folder["demo"]);

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Equal((20, 10), (DepthFile.Read(_folder["demo/depth.npy"]).Width, DepthFile.Read(_folder["demo/depth.npy"]).Height));
        Assert.Contains("<h1>&lt;mine&gt;.png</h1>", File.ReadAllText(_folder["demo/index.html"]));
    }

    [Fact]
    public void Photo_that_cannot_be_read_is_named_and_nothing_is_written()
    {
        File.WriteAllText(_folder["broken.jpg"], "no picture");

        foreach (var name in (string[])["broken.jpg", "missing.jpg"])
        {
            var (code, output, error) = Run("demo", _folder[name], "--output", _folder["demo"]);

            Assert.Equal((ExitCode.SomeInputsFailed, ""), (code, output));
            Assert.Contains(name, error);
            Assert.False(Directory.Exists(_folder["demo"]));
        }
        Assert.Equal(ExitCode.Usage, Run("demo", "--output", _folder["broken.jpg"]).Code);
        Assert.Equal(ExitCode.ModelUnusable, Run("demo", "--model", _folder["nowhere"], "--output", _folder["demo"]).Code);
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (DepthProCommand.Run(args, output, error), output.ToString(), error.ToString());
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex FilePattern();
}
