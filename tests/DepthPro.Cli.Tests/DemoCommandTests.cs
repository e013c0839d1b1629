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
        Assert.Equal(["boundaries.depth.png", "depth.depth16.png", "depth.glb", "depth.json", "depth.npy", "depth.npz", "depth.pfm", "depth.ply", "features.csv", "grey.depth.png", "index.html", "magma.depth.png",
            "side-by-side.depth.png", "turbo.depth.png", "viridis.depth.png"], written);
        var page = File.ReadAllText(_folder["demo/index.html"]);
        string[] named = [.. FilePattern().Matches(page).Select(match => match.Groups[1].Value).Where(name => !name.StartsWith("data:", StringComparison.Ordinal)).Distinct()];
        Assert.Empty(named.Except(written));
        Assert.Empty(written.Except(["index.html"]).Except(named));
        Assert.Contains("focal length", page);
        Assert.Equal(DepthFile.Read(_folder["demo/depth.npy"]).Meters.ToArray(), DepthFile.Read(_folder["demo/depth.npz"]).Meters.ToArray());
        var sidecar = DepthSidecar.Read(_folder["demo/depth.json"]);
        Assert.Equal((0.001, sidecar.Width / 2.0, sidecar.Height / 2.0), (sidecar.Depth16MetersPerUnit, sidecar.PrincipalPointXPixels, sidecar.PrincipalPointYPixels));
        Assert.NotNull(sidecar.Depth16SaturatedPixels);
        Assert.Equal(DepthFeatures.Count + 1, File.ReadAllLines(_folder["demo/features.csv"]).Length);
    }

    [Fact]
    public void Takes_a_photo_and_a_model()
    {
        var (code, _, error) = Run("demo", SavePhoto("<mine>.png"), "--output", _folder["demo"]);

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Equal((20, 10), (DepthFile.Read(_folder["demo/depth.npy"]).Width, DepthFile.Read(_folder["demo/depth.npy"]).Height));
        Assert.Contains("<h1>&lt;mine&gt;.png</h1>", File.ReadAllText(_folder["demo/index.html"]));
    }

    [Fact]
    public void Leaves_the_photo_where_it_writes_beside_it_and_writes_nothing_that_counts_as_one()
    {
        var photo = SavePhoto("photo.png");
        var before = File.ReadAllBytes(photo);

        var (code, _, error) = Run("demo", photo, "--output", _folder.Path);

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Equal(before, File.ReadAllBytes(photo));
        Assert.Equal([photo], PhotoInputs.Find([_folder.Path]).Photos.Select(found => found.Path));
    }

    [Theory]
    [InlineData("turbo.depth.png")]
    [InlineData("boundaries.depth.png")]
    [InlineData("depth.depth16.png")]
    public void Refuses_to_overwrite_the_photo(string name)
    {
        var photo = SavePhoto(name);
        var before = File.ReadAllBytes(photo);

        var (code, output, error) = Run("demo", photo, "--output", Path.Combine(_folder.Path, "."));

        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Equal($"'{photo}' would be overwritten: demo writes a '{name}' to --output '{Path.Combine(_folder.Path, ".")}'. Name another folder, or rename the photo.", error.Trim());
        Assert.Equal(before, File.ReadAllBytes(photo));
        Assert.Equal([photo], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Refuses_an_option_it_does_not_know()
    {
        var (code, output, error) = Run("demo", "--json", "--output", _folder["demo"]);

        Assert.Equal((ExitCode.Usage, "", "Option '--json' is unknown."), (code, output, error.Split(Environment.NewLine)[0]));
        Assert.Equal(ExitCode.Usage, Run("demo", SavePhoto("photo.png"), "--json", "--output", _folder["demo"]).Code);
        Assert.False(Directory.Exists(_folder["demo"]));
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

    private string SavePhoto(string name)
    {
        Photo.FromPixels(20, 10, [.. Enumerable.Range(0, 600).Select(i => (byte)i)]).Save(_folder[name]);
        return _folder[name];
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
