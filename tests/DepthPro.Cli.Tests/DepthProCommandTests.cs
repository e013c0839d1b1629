using System.Text.Json;
using DepthPro.Tests;

namespace DepthPro.Cli.Tests;

public sealed class DepthProCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Estimate_writes_depth_picture_and_sidecar()
    {
        var photo = CopyPhoto("coffee.png");

        var (code, output, error) = Run("estimate", photo, "--output", _folder["depth"], "--json");

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Equal(["coffee.depth.png", "coffee.json", "coffee.npy"], Names("depth"));
        var sidecar = JsonDocument.Parse(File.ReadAllText(_folder["depth/coffee.json"])).RootElement;
        Assert.Equal(["photo", "width", "height", "focalLengthPixels", "focalLengthSource", "fieldOfViewDegrees", "depthMetersMin", "depthMetersMedian", "depthMetersMax", "model", "modelSha256", "device", "precision", "photoBytes", "files"], sidecar.EnumerateObject().Select(p => p.Name));
        Assert.Equal((photo, 240, 160, "estimated", "demo", "fp16"), (sidecar.GetProperty("photo").GetString(), sidecar.GetProperty("width").GetInt32(), sidecar.GetProperty("height").GetInt32(),
            sidecar.GetProperty("focalLengthSource").GetString(), sidecar.GetProperty("model").GetString(), sidecar.GetProperty("precision").GetString()));
        using var network = DepthNetwork.Open();
        var expected = network.Estimate(Photo.FromFile(photo));
        Assert.Equal((expected.Min, expected.Median, expected.Max, expected.FocalLengthPixels),
            (sidecar.GetProperty("depthMetersMin").GetSingle(), sidecar.GetProperty("depthMetersMedian").GetSingle(), sidecar.GetProperty("depthMetersMax").GetSingle(), sidecar.GetProperty("focalLengthPixels").GetSingle()));
        Assert.Equal(new FileInfo(photo).Length, sidecar.GetProperty("photoBytes").GetInt64());
        WrittenFile[] files = [new("coffee.npy", 128 + 4 * 240 * 160), new("coffee.depth.png", new FileInfo(_folder["depth/coffee.depth.png"]).Length)];
        Assert.Equal<WrittenFile>(files, DepthSidecar.Read(_folder["depth/coffee.json"]).Files);
        Assert.True(JsonElement.DeepEquals(sidecar, JsonDocument.Parse(output).RootElement));
        Assert.Single(output.TrimEnd().Split('\n'));
        Assert.Equal((240, 160), (Photo.FromFile(_folder["depth/coffee.depth.png"]).Width, Photo.FromFile(_folder["depth/coffee.depth.png"]).Height));
        Assert.Equal(128 + 4 * 240 * 160, new FileInfo(_folder["depth/coffee.npy"]).Length); // header and float32 values
    }

    [Theory]
    [InlineData("all")]
    [InlineData("one-stage")]
    public void Estimate_keeps_as_much_of_the_network_in_memory_as_it_is_told(string residentWeights)
        => Assert.Equal((ExitCode.Done, ""), Run("estimate", CopyPhoto("coffee.png"), "--output", _folder["depth"], "--format", "npy", "--resident-weights", residentWeights) is var (code, _, error) ? (code, error) : default);

    [Fact]
    public void Estimate_does_the_others_when_one_photo_is_broken()
    {
        CopyPhoto("a.png");
        File.WriteAllText(_folder["b.jpg"], "not a photo");
        File.WriteAllText(_folder["notes.txt"], "skipped");
        CopyPhoto("c.png");

        var (code, output, error) = Run("estimate", _folder.Path, _folder["missing.png"], "--output", _folder["depth"], "--format", "npy");

        Assert.Equal(ExitCode.SomeInputsFailed, code);
        Assert.Equal(["a.json", "a.npy", "c.json", "c.npy"], Names("depth"));
        Assert.Equal(2, output.TrimEnd().Split('\n').Length);
        Assert.Contains("b.jpg", error);
        Assert.Contains("missing.png", error);
        Assert.Contains("2 of 4 photos failed", error);
    }

    [Fact]
    public void Estimate_keeps_the_extension_of_photos_that_share_a_stem()
    {
        CopyPhoto("a.png");
        File.Copy(Path.Combine(Goldens.RepositoryRoot, "tests", "goldens", "images", "plain.jpg"), _folder["a.jpg"]);

        Assert.Equal(ExitCode.Done, Run("estimate", _folder["*"], "--output", _folder["depth"], "--format", "npy").Code);

        Assert.Equal(["a.jpg.json", "a.jpg.npy", "a.png.json", "a.png.npy"], Names("depth"));
    }

    [Fact]
    public void Estimate_says_what_it_skips_when_verbose()
    {
        CopyPhoto("a.png");
        CopyPhoto("b.depth.png");
        CopyPhoto($"b.depth.{Guid.NewGuid():n}.tmp.png");
        foreach (var name in (string[])["notes.txt", "more.TXT", "a.json", "README"]) { File.WriteAllText(_folder[name], "no photo"); }

        var (code, output, error) = Run("estimate", _folder.Path, "--output", _folder["depth"], "--format", "npy", "--verbose");

        Assert.Equal(ExitCode.Done, code);
        Assert.Single(output.TrimEnd().Split('\n'));
        Assert.Contains("1 photos; model demo (embedded), device ", error);
        Assert.Contains("Skipped 6 files that are no photos: without extension 1, .depth.png 2, .json 1, .txt 2.", error);
    }

    [Fact]
    public void Estimate_refuses_two_photos_that_would_overwrite_each_other()
    {
        Directory.CreateDirectory(_folder["other"]);
        var (first, second) = (CopyPhoto("a.png"), CopyPhoto("other/a.png"));

        var (code, _, error) = Run("estimate", first, second, "--output", _folder["depth"]);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains($"'{first}' and '{second}' would both write 'a.png.npy'", error);
        Assert.False(Directory.Exists(_folder["depth"]));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("*")]
    public void Estimate_never_takes_its_own_outputs_for_photos(string inputs)
    {
        CopyPhoto("a.png");

        for (var run = 0; run < 2; run++)
        {
            var (code, _, error) = Run("estimate", _folder[inputs], "--output", _folder.Path);
            Assert.Equal((ExitCode.Done, ""), (code, error));
        }

        Assert.Equal(["a.depth.png", "a.json", "a.npy", "a.png"], Names("."));
    }

    [Fact]
    public void Estimate_uses_the_focal_length_it_is_given()
    {
        var (_, output, _) = Run("estimate", CopyPhoto("a.png"), "--output", _folder["depth"], "--focal-length", "500", "--json");

        var sidecar = JsonDocument.Parse(output).RootElement;
        Assert.Equal((500, "given"), (sidecar.GetProperty("focalLengthPixels").GetSingle(), sidecar.GetProperty("focalLengthSource").GetString()));
    }

    [Theory]
    [InlineData("--focal-length", "-3", "--focal-length is '-3'; expected a positive number of pixels.")]
    [InlineData("--format", "npy,docx", "'docx' is unknown; expected npy, png")]
    [InlineData("--device", "abacus", "abacus")]
    [InlineData("--colour", "red", "--colour")]
    public void Estimate_refuses_an_option_it_does_not_know(string option, string value, string named)
    {
        var (code, output, error) = Run("estimate", CopyPhoto("a.png"), "--output", _folder["depth"], option, value);

        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains(named, error);
        Assert.False(Directory.Exists(_folder["depth"]));
    }

    [Fact]
    public void Estimate_refuses_a_folder_without_photos()
    {
        File.WriteAllText(_folder["notes.txt"], "no photo");

        var (code, _, error) = Run("estimate", _folder.Path);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("No photos found among 1 files. Expected", error);
    }

    [Fact]
    public void Estimate_refuses_an_output_folder_that_is_a_file()
    {
        var photo = CopyPhoto("a.png");

        var (code, _, error) = Run("estimate", photo, "--output", photo);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains($"--output '{photo}' cannot be made", error);
    }

    [Fact]
    public void Estimate_says_what_is_wrong_with_the_model()
    {
        var (code, _, error) = Run("estimate", CopyPhoto("a.png"), "--model", _folder["nowhere"]);

        Assert.Equal(ExitCode.ModelUnusable, code);
        Assert.Contains("No model at", error);
    }

    [Theory]
    [InlineData("fp32")]
    [InlineData("fp16")]
    public void Convert_makes_a_model_that_estimate_uses(string precision)
    {
        var (code, output, _) = Run("convert", Goldens.PathOf("micro", "depth_pro.pt"), "--config", Goldens.PathOf("micro", "network.json"), "--precision", precision, "--output", _folder["model"]);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("network input 512 x 512", output);

        var (estimated, json, _) = Run("estimate", Goldens.PathOf("micro", "a_200x150.png"), "--model", _folder["model"], "--output", _folder["depth"], "--json");

        Assert.Equal(ExitCode.Done, estimated);
        var expected = Goldens.Json("micro", "a_200x150", "index.json");
        var sidecar = JsonDocument.Parse(json).RootElement;
        Assert.Equal(expected.GetProperty("fov_deg").GetSingle(), sidecar.GetProperty("fieldOfViewDegrees").GetSingle(), 1e-3f);
        Assert.Equal(expected.GetProperty("depth_median_est").GetSingle(), sidecar.GetProperty("depthMetersMedian").GetSingle(), 1e-3f);
        Assert.Equal((precision, Network.Sha256.OfFile(_folder["model/network.json"])), (sidecar.GetProperty("precision").GetString(), sidecar.GetProperty("modelSha256").GetString()));
    }

    [Theory]
    [InlineData("int8", 0.05f)]
    [InlineData("int4-weight-only", 0.35f)] // of random weights four bits leave little; the demo model is in docs/speed.md
    [InlineData("int8-weight-only", 0.005f)]
    public void Convert_to_integers_makes_a_model_that_estimates_nearly_the_same(string precision, float tolerance)
    {
        Assert.Equal(ExitCode.Done, Run("convert", Goldens.PathOf("micro", "depth_pro.pt"), "--config", Goldens.PathOf("micro", "network.json"), "--precision", precision, "--output", _folder["model"]).Code);

        var (_, json, _) = Run("estimate", Goldens.PathOf("micro", "a_200x150.png"), "--model", _folder["model"], "--output", _folder["depth"], "--json");

        var (expected, sidecar) = (Goldens.Json("micro", "a_200x150", "index.json"), JsonDocument.Parse(json).RootElement);
        Assert.Equal(precision, sidecar.GetProperty("precision").GetString());
        Assert.Equal(1, sidecar.GetProperty("depthMetersMedian").GetSingle() / expected.GetProperty("depth_median_est").GetSingle(), tolerance);
    }

    [Fact]
    public void Convert_to_half_arithmetic_makes_a_model_that_estimates_nearly_the_same()
    {
        var (_, description, _) = Run("convert", Goldens.PathOf("micro", "depth_pro.pt"), "--config", Goldens.PathOf("micro", "network.json"), "--precision", "fp16-compute", "--output", _folder["model"]);
        Assert.Contains("weights fp16-compute", description);

        var (_, json, _) = Run("estimate", Goldens.PathOf("micro", "a_200x150.png"), "--model", _folder["model"], "--output", _folder["depth"], "--json");

        var (expected, sidecar) = (Goldens.Json("micro", "a_200x150", "index.json"), JsonDocument.Parse(json).RootElement);
        Assert.Equal("fp16-compute", sidecar.GetProperty("precision").GetString());
        Assert.Equal(1, sidecar.GetProperty("depthMetersMedian").GetSingle() / expected.GetProperty("depth_median_est").GetSingle(), 0.02f);
    }

    [Fact]
    public void Convert_refuses_half_arithmetic_for_a_checkpoint()
    {
        var (code, _, error) = Run("convert", Goldens.PathOf("micro", "depth_pro.pt"), "--precision", "fp16-compute", "--output", _folder["a.safetensors"]);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--precision fp16-compute says how a model computes; for a .safetensors file as --output expected fp32 or fp16", error);
    }

    [Theory]
    [InlineData("int8", "model", "--single-file")]
    [InlineData("int8", "model", "--portable")]
    [InlineData("int8", "a.safetensors")]
    [InlineData("int4-weight-only", "model", "--single-file")]
    [InlineData("int8-weight-only", "model", "--portable")]
    [InlineData("int4-weight-only", "a.safetensors")]
    public void Convert_refuses_integers_for_other_runtimes(string precision, string output, params string[] option)
    {
        var (code, _, error) = Run(["convert", Goldens.PathOf("micro", "depth_pro.pt"), "--precision", precision, .. option, "--output", _folder[output]]);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains($"--precision {precision} is for model folders that ONNX Runtime runs; expected neither --single-file nor --portable nor a .safetensors file", error);
    }

    [Fact]
    public void Convert_refuses_a_checkpoint_of_other_sizes_and_leaves_nothing()
    {
        var (code, _, error) = Run("convert", Goldens.PathOf("micro", "depth_pro.pt"), "--output", _folder["model"]);

        Assert.Equal(ExitCode.ModelUnusable, code);
        Assert.Contains("--config", error);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Convert_refuses_an_output_it_would_overwrite_or_cannot_make()
    {
        File.WriteAllText(_folder["precious.txt"], "keep me");

        Assert.Equal(ExitCode.Usage, Run("convert", Goldens.PathOf("micro", "depth_pro.pt"), "--output", _folder.Path).Code);
        var (code, _, error) = Run("convert", Goldens.PathOf("micro", "depth_pro.pt"), "--single-file", "--output", _folder["x.safetensors"]);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--single-file", error);
        Assert.Equal(["precious.txt"], Names("."));
    }

    [Fact]
    public void Info_takes_a_checkpoints_sizes_from_a_file()
        => Assert.Contains("complete", Run("info", Goldens.PathOf("micro", "depth_pro.pt"), "--config", Goldens.PathOf("micro", "network.json")).Output);

    [Fact]
    public void Info_describes_the_demo_model() => Assert.Contains("demo (embedded): network in parts", Run("info", "demo").Output);

    [Fact]
    public void Info_finds_a_model_complete_until_it_is_changed()
    {
        Run("convert", Goldens.PathOf("micro", "depth_pro.pt"), "--config", Goldens.PathOf("micro", "network.json"), "--single-file", "--output", _folder["model"]);
        Assert.Contains("complete", Run("info", _folder["model"]).Output);
        Assert.DoesNotContain("complete", Run("info", _folder["model/depth_pro.onnx"]).Output);

        File.AppendAllText(_folder["model/depth_pro.onnx"], "x");

        var (code, _, error) = Run("info", _folder["model"]);
        Assert.Equal(ExitCode.ModelUnusable, code);
        Assert.Contains("depth_pro.onnx", error);
    }

    [Fact]
    public void Info_finds_a_checkpoint_complete_that_carries_its_sizes()
    {
        Run("convert", Goldens.PathOf("micro", "depth_pro.pt"), "--config", Goldens.PathOf("micro", "network.json"), "--output", _folder["micro.safetensors"]);

        var (code, output, _) = Run("info", _folder["micro.safetensors"]);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("safetensors checkpoint, 275 tensors", output);
        Assert.Contains("complete", output);
    }

    [Fact]
    public void Says_what_it_can_do() => Assert.Contains("estimate", Run("--help").Output);

    private string[] Names(string folder) => [.. Directory.GetFiles(_folder[folder]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private string CopyPhoto(string name)
    {
        File.Copy(Goldens.PathOf("demo", "coffee_240x160.png"), _folder[name]);
        return _folder[name];
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = DepthProCommand.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
