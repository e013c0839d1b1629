using DepthPro.Tests;

namespace DepthPro.Cli.Tests;

public sealed class EvaluationPairsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.npy", "a")]
    [InlineData("a.PNG", "a")]
    [InlineData("a.jpg.npy", "a.jpg")]
    [InlineData("a.depth16.png", "a")]
    [InlineData("a.b.pfm", "a.b")]
    [InlineData("a.depth", "a")]
    public void A_stem_is_the_name_without_what_tells_its_form(string name, string stem) => Assert.Equal(stem, EvaluationPairs.StemOf($"folder/{name}"));

    [Fact]
    public void Estimates_outputs_pair_with_truth_of_any_form()
    {
        Touch("p/a.npy", "p/a.depth.png", "p/a.json", "p/a.png", "p/b.depth16.png", "p/b.depth.png", "p/c.jpg.npy", "p/d.npy", "p/d.depth.0123.tmp.png");
        Touch("t/a.png", "t/b.pfm", "t/c.jpg.npz", "t/d.npy", "t/d.txt");

        var pairs = EvaluationPairs.Find(_folder["p"], _folder["t"], null, null, null);

        Assert.Equal(["a a.npy a.png", "b b.depth16.png b.pfm", "c.jpg c.jpg.npy c.jpg.npz", "d d.npy d.npy"],
            pairs.Pairs.Select(pair => $"{pair.Name} {Path.GetFileName(pair.Predicted)} {Path.GetFileName(pair.Truth)}"));
        Assert.Empty(pairs.Unpaired);
    }

    [Fact]
    public void Every_named_folder_must_have_the_file_but_for_photos()
    {
        Touch("p/a.npy", "p/b.npy", "p/c.npy", "t/a.npy", "t/b.npy", "t/c.npy", "m/a.png", "m/c.png", "photos/a.jpg", "photos/c.jpg.png");

        var pairs = EvaluationPairs.Find(_folder["p"], _folder["t"], _folder["m"], null, _folder["photos"]);

        Assert.Equal(["a a.jpg", "c "], pairs.Pairs.Select(pair => $"{pair.Name} {Path.GetFileName(pair.Photo)}"));
        Assert.Equal([(_folder["p/b.npy"], "no --mask file has the stem 'b'")], pairs.Unpaired.Select(file => (file.Path, file.Reason)));
    }

    [Fact]
    public void A_photo_is_found_by_its_stem_or_by_its_whole_name()
    {
        Touch("p/a.npy", "p/b.jpg.npy", "t/a.npy", "t/b.jpg.npy", "photos/a.webp", "photos/b.jpg", "photos/b.png", "photos/a.depth.png");

        var pairs = EvaluationPairs.Find(_folder["p"], _folder["t"], null, null, _folder["photos"]);

        Assert.Equal(["a.webp", "b.jpg"], pairs.Pairs.Select(pair => Path.GetFileName(pair.Photo)));
    }

    private void Touch(params string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[name]) ?? "");
            File.WriteAllText(_folder[name], "");
        }
    }
}
