using DepthPro.Tests;
using DepthPro.Training.Data;

namespace DepthPro.Training.Tests.Data;

public sealed class FolderTrainingSetTests : IDisposable
{
    private const int Width = 12, Height = 8;

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _skipped = [];

    public FolderTrainingSetTests()
    {
        foreach (var name in new[] { "photos", "depth" }) { Directory.CreateDirectory(_folder[name]); }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pairs_by_name_within_folders_and_says_what_has_no_partner()
    {
        WritePhoto("photos/a.png");
        WritePhoto("photos/inner/a.png");
        WritePhoto("photos/b.png");
        WriteDepth("depth/a.npy", 2);
        WriteDepth("depth/inner/a.npy", 4);
        WriteDepth("depth/c.npy", 1);
        WritePhoto("depth/a.depth.png");
        File.WriteAllText(_folder["photos/notes.txt"], "no photo");

        var set = Set();

        Assert.Equal((2, "photos"), (set.Count, set.Name));
        Assert.Equal([_folder["photos/b.png"], _folder["depth/c.npy"]], set.Unpaired);
        Assert.Equal([1f / Width * 100 / 4, 1f / Width * 100 / 2], Epoch(set).Select(c => c).Order(), (x, y) => Math.Abs(x - y) < 1e-5);
    }

    [Fact]
    public void Pairs_within_one_folder()
    {
        WritePhoto("photos/a.jpg");
        File.Copy(Goldens.PathOf("depth", "millimeters.png"), _folder["photos/a.png"]); // the depth of a.jpg
        WritePhoto("photos/b.png");
        WriteDepth("photos/b.npy", 2);
        WritePhoto("photos/c.jpg");
        WriteDepth("photos/c.jpg.npy", 2);
        WritePhoto("photos/d.png");

        var pairs = PhotoDepthPairs.Find(_folder["photos"], _folder["photos"]);

        Assert.Equal([("a.jpg", "a.png"), ("b.png", "b.npy"), ("c.jpg", "c.jpg.npy")], pairs.Pairs.Select(pair => (Path.GetFileName(pair.Photo), Path.GetFileName(pair.Depth))));
        Assert.Equal([_folder["photos/d.png"]], pairs.Unpaired);
    }

    [Fact]
    public void Takes_the_most_exact_of_several_depth_files()
    {
        WritePhoto("photos/a.png");
        File.Copy(Goldens.PathOf("depth", "millimeters.png"), _folder["depth/a.depth16.png"]);
        WriteDepth("depth/a.npy", 2);

        Assert.EndsWith("a.npy", Assert.Single(PhotoDepthPairs.Find(_folder["photos"], _folder["depth"]).Pairs).Depth);
    }

    [Fact]
    public void Takes_focal_lengths_from_the_caller_or_a_file_beside()
    {
        WritePhoto("photos/a.png");
        WriteDepth("depth/a.npy", 1);
        File.WriteAllText(_folder["depth/a.json"], """{ "focalLengthPixels": 24, "other": [] }""");

        Assert.Equal(24f / Width, Assert.Single(Epoch(new(_folder["photos"], _folder["depth"]))), 1e-6f);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FolderTrainingSet(_folder["photos"], _folder["depth"]) { FocalLengthPixels = 0 });
        Assert.Equal(36f / Width, Assert.Single(Epoch(new(_folder["photos"], _folder["depth"]) { FocalLengthPixels = 36 })), 1e-6f);
    }

    [Theory]
    [InlineData("""{ "focalLengthPixels": "24" }""")]
    [InlineData("""{ "focalLengthPixels": -1 }""")]
    [InlineData("""[1]""")]
    [InlineData("""{ """)]
    public void Refuses_focal_lengths_that_are_none(string json)
    {
        WritePhoto("photos/a.png");
        WriteDepth("depth/a.npy", 1);
        File.WriteAllText(_folder["photos/a.json"], json);

        Assert.Contains("a.json' tells no focal length", Assert.Throws<InvalidDataException>(() => Epoch(new(_folder["photos"], _folder["depth"]))).Message);
    }

    [Fact]
    public void Reports_each_broken_photo_once_and_puts_the_next_in_its_place()
    {
        for (var i = 0; i < 5; i++)
        {
            WritePhoto($"photos/{i}.png");
            WriteDepth($"depth/{i}.npy", i + 1);
        }
        File.WriteAllText(_folder["photos/1.png"], "no picture");
        Npy.Write(_folder["depth/3.npy"], new(Height, Width, new float[Width * Height], float.NaN, FocalLengthSource.Unknown));
        var set = Set(_skipped.Add);

        var (first, second) = (Epoch(set, draws: 20), Epoch(set, draws: 20));

        Assert.Equal(first, second);
        Assert.Equal(2, _skipped.Count);
        Assert.Single(_skipped, reason => reason.Contains("1.png") && reason.Contains("Photo '"));
        Assert.Single(_skipped, reason => reason.Contains("3.npy") && reason.Contains("expected the same size"));
        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal(first.Reverse(), Enumerable.Range(0, 20).Reverse().Select(i => Set(_skipped.Add).Draw(i, 1, Networks.Tiny).InverseDepth[0])); // whatever was drawn before
    }

    [Fact]
    public void First_broken_photo_ends_it_when_nobody_listens()
    {
        WritePhoto("photos/a.png");
        Npy.Write(_folder["depth/a.npy"], new(Width, Height, new float[Width * Height], float.NaN, FocalLengthSource.Unknown));

        var message = Assert.Throws<InvalidDataException>(() => Epoch(Set())).Message;

        Assert.Contains("Set 'photos'", message);
        Assert.Contains(_folder["photos/a.png"], message);
        Assert.Contains(_folder["depth/a.npy"], message);
        Assert.Contains("None of the 12 x 8 depths is known", message);
    }

    [Fact]
    public void Nothing_but_broken_photos_is_an_error()
    {
        foreach (var name in new[] { "a", "b" })
        {
            File.WriteAllText(_folder[$"photos/{name}.png"], "no picture");
            WriteDepth($"depth/{name}.npy", 1);
        }

        var message = Assert.Throws<InvalidDataException>(() => Epoch(Set(_skipped.Add))).Message;

        Assert.Contains("none of its 2 photos can be used; the first of them: photo '", message);
        Assert.Equal(2, _skipped.Count);
    }

    [Fact]
    public void Gives_the_same_whether_it_keeps_photos_or_not()
    {
        for (var i = 0; i < 3; i++)
        {
            WritePhoto($"photos/{i}.png");
            WriteDepth($"depth/{i}.npy", i + 1);
        }

        Assert.Equal(Epoch(Set(), draws: 12), Epoch(new FolderTrainingSet(_folder["photos"], _folder["depth"]) { FocalLengthPixels = 100, MemoryBytes = 0 }, draws: 12));
    }

    [Fact]
    public void Without_pairs_there_is_no_set()
    {
        WritePhoto("photos/a.png");
        WriteDepth("depth/b.npy", 1);

        var message = Assert.Throws<InvalidDataException>(() => Set()).Message;

        Assert.Contains($"'{_folder["photos/a.png"]}' has no partner", message);
        Assert.Contains(".npy, .npz, .png, .pfm", message);
        Assert.Contains("no depth folder", Assert.Throws<DirectoryNotFoundException>(() => new FolderTrainingSet(_folder["photos"], _folder["elsewhere"])).Message);
    }

    private FolderTrainingSet Set(Action<string>? skipped = null) => new(_folder["photos"], _folder["depth"]) { FocalLengthPixels = 100, Skipped = skipped };

    private static float[] Epoch(FolderTrainingSet set, int? draws = null) => [.. Enumerable.Range(0, draws ?? set.Count).Select(i => set.Draw(i, 1, Networks.Tiny).InverseDepth[0])];

    private void WritePhoto(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name]) ?? "");
        Photo.FromPixels(Width, Height, new byte[3 * Width * Height]).Save(_folder[name]);
    }

    private void WriteDepth(string name, float meters)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name]) ?? "");
        Npy.Write(_folder[name], new(Width, Height, [.. Enumerable.Repeat(meters, Width * Height)], float.NaN, FocalLengthSource.Unknown));
    }
}
