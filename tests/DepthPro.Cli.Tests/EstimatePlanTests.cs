using System.Text.Json;
using System.Text.Json.Nodes;

namespace DepthPro.Cli.Tests;

/// <summary>Which photos a run leaves to others, and which it finds done.</summary>
public sealed class EstimatePlanTests : IDisposable
{
    private readonly PhotoFolder _folder = new();

    public EstimatePlanTests()
    {
        Directory.CreateDirectory(_folder["depth/sub"]);
        File.WriteAllText(_folder["depth/sub/a.npy"], "npy");
        _folder.Broken("photos/sub/a.jpg");
        Write("width", 20); // the whole sidecar
    }

    public void Dispose() => _folder.Dispose();

    private PhotoInput Photo => new(_folder["photos/sub/a.jpg"], "sub/a.jpg", "sub/a");

    private EstimateSettings Resumed => new() { Photos = [], Folder = _folder["depth"], Formats = OutputFormat.Parse("npy"), Scoring = new(), Resume = true };

    [Fact]
    public void A_finished_photo_is_left() => AssertFinished(true, Resumed);

    [Fact]
    public void A_run_that_does_not_resume_does_all() => Assert.Equal([Photo], EstimatePlan.Of(Resumed with { Resume = false }, [Photo], DepthProModel.Demo).Photos);

    [Fact]
    public void A_photo_without_one_of_the_files_is_not_finished()
    {
        AssertFinished(false, Resumed with { Formats = OutputFormat.Parse("npy,png") });
        File.Delete(_folder["depth/sub/a.json"]);
        AssertFinished(false, Resumed);
    }

    [Theory]
    [InlineData("modelSha256", "other")]
    [InlineData("photo", "photos/sub/a.png")]
    [InlineData("photo", "photos/else/a.jpg")]
    [InlineData("focalLengthSource", "given")]
    [InlineData("originalWidth", 40)]
    [InlineData("precision", null)]
    [InlineData("photoBytes", 10)]
    [InlineData("photoBytes", null)]
    [InlineData("files", null)]
    [InlineData("files", "a.npy")]
    public void A_sidecar_of_something_else_does_not_count(string member, object? value)
    {
        Write(member, value);

        AssertFinished(false, Resumed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("np")]
    [InlineData("npy and more")]
    public void A_file_of_another_length_than_the_sidecar_says_does_not_count(string text)
    {
        File.WriteAllText(_folder["depth/sub/a.npy"], text);

        AssertFinished(false, Resumed);
    }

    [Fact]
    public void A_file_that_the_sidecar_does_not_list_does_not_count()
    {
        File.WriteAllText(_folder["depth/sub/a.depth.png"], "png"); // of an earlier run, by whatever model

        AssertFinished(false, Resumed with { Formats = OutputFormat.Parse("npy,png") });
        AssertFinished(true, Resumed);
        Write("files", new[] { new { name = "a.npy", bytes = 3 }, new { name = "a.depth.png", bytes = 3 } });
        AssertFinished(true, Resumed with { Formats = OutputFormat.Parse("npy,png") });
    }

    [Theory]
    [InlineData("a longer photo")]
    [InlineData("")]
    public void A_photo_of_another_length_is_another_photo(string text)
    {
        File.WriteAllText(Photo.Path, text);

        AssertFinished(false, Resumed);
    }

    [Fact]
    public void A_photo_that_is_gone_is_not_finished()
    {
        File.Delete(Photo.Path);

        AssertFinished(false, Resumed);
    }

    [UnixFact]
    public void The_length_of_a_photo_that_is_a_link_is_that_of_the_file_it_leads_to()
    {
        File.Move(Photo.Path, _folder["photos/elsewhere.jpg"]);
        File.CreateSymbolicLink(Photo.Path, _folder["photos/elsewhere.jpg"]);

        AssertFinished(true, Resumed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    public void A_damaged_sidecar_does_not_count(string text)
    {
        File.WriteAllText(_folder["depth/sub/a.json"], text);

        AssertFinished(false, Resumed);
    }

    [Fact]
    public void The_folder_of_the_photos_may_be_another()
    {
        Write("photo", "/mnt/elsewhere/sub/a.jpg");

        AssertFinished(true, Resumed);
    }

    [Fact]
    public void A_given_focal_length_must_be_the_same_in_the_pixels_of_the_depth()
    {
        AssertFinished(false, Resumed with { FocalLength = 50 });
        Write("focalLengthSource", "given");
        AssertFinished(true, Resumed with { FocalLength = 50 });
        AssertFinished(false, Resumed with { FocalLength = 50.5f });
        Write("originalWidth", 40);
        Write("originalHeight", 20);
        AssertFinished(true, Resumed with { FocalLength = 100, MaxSize = 20 });
        AssertFinished(false, Resumed with { FocalLength = 50, MaxSize = 20 });
    }

    [Fact]
    public void The_size_must_be_the_one_that_is_asked_for()
    {
        AssertFinished(true, Resumed with { MaxSize = 20 });
        AssertFinished(false, Resumed with { MaxSize = 19 });
        Write("originalWidth", 40);
        Write("originalHeight", 20);
        AssertFinished(true, Resumed with { MaxSize = 20 });
        AssertFinished(false, Resumed with { MaxSize = 40 });
        AssertFinished(false, Resumed);
    }

    [Fact]
    public void The_unit_of_a_16_bit_png_must_be_stated()
    {
        var settings = Resumed with { Formats = OutputFormat.Parse("png16") };
        File.WriteAllText(_folder["depth/sub/a.depth16.png"], "png16");
        Write("files", new[] { new { name = "a.depth16.png", bytes = 5 } });

        AssertFinished(false, settings);
        Write("depth16MetersPerUnit", 0.001);
        AssertFinished(true, settings);
    }

    [Fact]
    public void Shards_share_the_photos_in_their_order()
    {
        PhotoInput[] photos = [.. Enumerable.Range(0, 50).Select(i => new PhotoInput($"p/{i}.jpg", $"{i}.jpg", $"{i}"))];

        var plans = Enumerable.Range(1, 4).Select(i => EstimatePlan.Of(Resumed with { Shard = new(i, 4), Resume = false }, photos, DepthProModel.Demo)).ToList();

        Assert.Equal(photos, plans.SelectMany(plan => plan.Photos).OrderBy(photo => Array.IndexOf(photos, photo)));
        Assert.All(plans, plan => Assert.Equal(plan.Photos, plan.Photos.OrderBy(photo => Array.IndexOf(photos, photo))));
    }

    private void AssertFinished(bool isFinished, EstimateSettings settings)
    {
        var plan = EstimatePlan.Of(settings, [Photo], DepthProModel.Demo);

        Assert.Equal((isFinished ? 0 : 1, isFinished ? 1 : 0), (plan.Photos.Count, plan.Finished));
    }

    // Changes one member of what there is; null takes it away.
    private void Write(string member, object? value)
    {
        var path = _folder["depth/sub/a.json"];
        var sidecar = File.Exists(path) && JsonNode.Parse(File.ReadAllText(path)) is JsonObject found ? found : new JsonObject
        {
            ["photo"] = "photos/sub/a.jpg",
            ["width"] = 20,
            ["height"] = 10,
            ["focalLengthPixels"] = 50,
            ["focalLengthSource"] = "estimated",
            ["fieldOfViewDegrees"] = 22.6,
            ["depthMetersMin"] = 1,
            ["depthMetersMedian"] = 2,
            ["depthMetersMax"] = 3,
            ["model"] = "demo",
            ["modelSha256"] = DepthProModel.Demo.Sha256,
            ["device"] = "CPU",
            ["precision"] = "fp16",
            ["photoBytes"] = new FileInfo(Photo.Path).Length,
            ["files"] = new JsonArray(new JsonObject { ["name"] = "a.npy", ["bytes"] = 3 }),
        };
        sidecar.Remove(member);
        if (value is not null) { sidecar[member] = JsonSerializer.SerializeToNode(value); }
        File.WriteAllText(path, sidecar.ToJsonString());
    }
}
