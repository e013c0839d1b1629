using System.Globalization;
using System.Text.Json;
using DepthPro.Tests;

namespace DepthPro.Cli.Tests;

public sealed class EvaluateCommandTests : IDisposable
{
    private static readonly string[] DepthKeys = ["absRel", "sqRel", "rmse", "rmseLog", "log10", "siLog", "delta1", "delta2", "delta3"];
    private static readonly string[] BoundaryKeys = ["boundaryF1", "boundaryPrecision", "boundaryRecall"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Prints_a_pairs_metrics_as_JSON()
    {
        var (prediction, truth) = (Save("p.npy", 3, 1, 4, 1, 4), Save("t.npy", 3, 1, 5, 1, 4));

        var (code, json, error) = RunJson("--predicted", _folder["p.npy"], "--truth", _folder["t.npy"]);

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Equal(["images", "validPixels", .. DepthKeys, .. BoundaryKeys], json.EnumerateObject().Select(key => key.Name));
        Assert.Equal((1, 3), (json.GetProperty("images").GetInt32(), json.GetProperty("validPixels").GetInt32()));
        var expected = DepthComparison.Of(prediction, truth);
        Assert.All(EvaluationMetric.All.Where(metric => metric.Of(expected) is not null), metric => Assert.Equal(metric.Of(expected), json.GetProperty(metric.Name).GetDouble()));
    }

    [Fact]
    public void Finds_our_depth_equal_to_the_golden()
    {
        File.Copy(Goldens.PathOf("demo", "coffee_240x160.png"), _folder["coffee.png"]);
        Assert.Equal(ExitCode.Done, Run("convert", Goldens.PathOf("demo", "model.safetensors"), "--output", _folder["model"]).Code);
        Assert.Equal(ExitCode.Done, Run("estimate", _folder["coffee.png"], "--model", _folder["model"], "--output", _folder["depth"]).Code);

        var (code, json, _) = RunJson("--predicted", _folder["depth/coffee.npy"], "--truth", Goldens.PathOf("demo", "coffee_240x160.depth.npy"));

        Assert.Equal((ExitCode.Done, 1.0), (code, json.GetProperty("delta1").GetDouble()));
        Assert.InRange(json.GetProperty("absRel").GetDouble(), 0, 1e-3);
    }

    [Fact]
    public void Compares_with_a_matte_alone()
    {
        Save("p.npy", 3, 1, 4, 1, 4);
        Save("m.npy", 3, 1, 0, 1, 0);

        var (code, json, _) = RunJson("--predicted", _folder["p.npy"], "--mask", _folder["m.npy"]);

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(["images", "validPixels", "maskBoundaryRecall"], json.EnumerateObject().Select(key => key.Name));
        Assert.Equal(0.5, json.GetProperty("maskBoundaryRecall").GetDouble(), 1e-12);
    }

    [Fact]
    public void Prints_what_is_undefined_as_null()
    {
        Save("p.npy", 2, 1, 1, 1);
        Save("t.npy", 2, 1, float.NaN, float.NaN);

        var (code, json, _) = RunJson("--predicted", _folder["p.npy"], "--truth", _folder["t.npy"]);

        Assert.Equal((ExitCode.Done, 0), (code, json.GetProperty("validPixels").GetInt32()));
        Assert.All([.. DepthKeys, .. BoundaryKeys], key => Assert.Equal(JsonValueKind.Null, json.GetProperty(key).ValueKind));
    }

    [Fact]
    public void Pairs_folders_by_stem_and_gives_means_pooled_errors_and_each_image()
    {
        Save("p/a.npy", 2, 1, 2, 2);
        Save("p/b.npy", 6, 1, 1, 1, 1, 1, 1, 1);
        Save("p/c.npy", 2, 1, 1, 1);
        Save("t/a.npy", 2, 1, 1, 1);
        Save("t/b.npy", 6, 1, 1, 1, 1, 1, 1, 1);
        Save("t/c.npy", 2, 1, float.NaN, float.NaN);
        File.WriteAllText(_folder["p/a.depth.png"], "a coloured picture never counts");
        File.WriteAllText(_folder["p/a.json"], "{}");

        var (code, json, error) = RunJson("--predicted", _folder["p"], "--truth", _folder["t"]);

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Equal(["images", "validPixels", .. DepthKeys, .. BoundaryKeys, "emptyImages", "perImage", "pooled", "skipped"], json.EnumerateObject().Select(key => key.Name));
        Assert.Equal((3, 8, 1), (json.GetProperty("images").GetInt32(), json.GetProperty("validPixels").GetInt32(), json.GetProperty("emptyImages").GetInt32()));
        Assert.Equal((0.5, 0.25), (json.GetProperty("absRel").GetDouble(), json.GetProperty("pooled").GetProperty("absRel").GetDouble()));
        Assert.Equal(["validPixels", .. DepthKeys], json.GetProperty("pooled").EnumerateObject().Select(key => key.Name));
        var images = json.GetProperty("perImage").EnumerateArray().ToList();
        Assert.Equal(["a 1", "b 0", "c null"], images.Select(image => $"{image.GetProperty("name")} {image.GetProperty("absRel").GetRawText()}"));
        Assert.Equal(["name", "predicted", "truth", "validPixels", .. DepthKeys, .. BoundaryKeys], images[0].EnumerateObject().Select(key => key.Name));
        Assert.Equal(0, json.GetProperty("skipped").GetArrayLength());
    }

    [Fact]
    public void Names_unpaired_files_and_says_so_by_the_exit_code()
    {
        foreach (var name in new[] { "p/a.npy", "p/b.npy", "t/a.npy", "t/c.npy" }) { Save(name, 1, 1, 1); }

        var (code, json, error) = RunJson("--predicted", _folder["p"], "--truth", _folder["t"]);

        Assert.Equal(ExitCode.SomeInputsFailed, code);
        Assert.Equal(1, json.GetProperty("images").GetInt32());
        foreach (var part in new[] { $"{_folder["p/b.npy"]}: no --truth file has the stem 'b'", $"{_folder["t/c.npy"]}: no --predicted file has the stem 'c'", "2 files were not compared" }) { Assert.Contains(part, error); }
        Assert.Equal([_folder["p/b.npy"], _folder["t/c.npy"]], json.GetProperty("skipped").EnumerateArray().Select(file => file.GetProperty("file").GetString()));
        Assert.Contains("'b'", json.GetProperty("skipped")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public void Does_the_others_when_one_pair_is_broken()
    {
        foreach (var name in new[] { "p/a.npy", "p/c.npy", "t/a.npy", "t/b.npy", "t/c.npy" }) { Save(name, 1, 1, 1); }
        File.WriteAllText(_folder["p/b.npy"], "text, renamed");

        var (code, json, error) = RunJson("--predicted", _folder["p"], "--truth", _folder["t"]);

        Assert.Equal((ExitCode.SomeInputsFailed, 2), (code, json.GetProperty("images").GetInt32()));
        Assert.StartsWith($"{_folder["p/b.npy"]}: ", error);
        Assert.Contains("1 files were not compared; 2 images were", error);
        Assert.Equal(_folder["p/b.npy"], json.GetProperty("skipped")[0].GetProperty("file").GetString());
    }

    [Fact]
    public void Names_a_missing_file_of_a_pair()
    {
        Save("p.npy", 1, 1, 1);
        var (code, output, error) = Run("evaluate", "--predicted", _folder["p.npy"], "--truth", _folder["missing.npy"]);
        Assert.Equal((ExitCode.SomeInputsFailed, ""), (code, output));
        Assert.Contains("missing.npy", error);
    }

    [Fact]
    public void Resizes_the_prediction_and_leaves_boundaries_out()
    {
        Save("p.npy", 1, 1, 2);
        Save("t.npy", 2, 2, 1, 1, 1, 1);

        var (code, json, error) = RunJson("--predicted", _folder["p.npy"], "--truth", _folder["t.npy"]);

        Assert.Equal((ExitCode.Done, 1.0, 4), (code, json.GetProperty("absRel").GetDouble(), json.GetProperty("validPixels").GetInt32()));
        Assert.DoesNotContain(json.EnumerateObject(), key => key.Name.StartsWith("boundary", StringComparison.Ordinal));
        foreach (var part in new[] { "p.npy", "1 x 1", "2 x 2", "boundary metrics left out" }) { Assert.Contains(part, error); }
    }

    [Theory]
    [InlineData("--mask", "The matte is 1 x 3 pixels; expected the prediction's 3 x 1")]
    [InlineData("--valid-mask", "The valid mask is 1 x 3 pixels; expected the truth's 3 x 1")]
    public void Refuses_masks_of_another_size(string option, string message)
    {
        Save("p.npy", 3, 1, 1, 1, 1);
        Save("m.npy", 1, 3, 1, 1, 1);
        var (code, output, error) = Run("evaluate", "--predicted", _folder["p.npy"], "--truth", _folder["p.npy"], option, _folder["m.npy"]);
        Assert.Equal((ExitCode.SomeInputsFailed, ""), (code, output));
        Assert.Contains(message, error);
    }

    [Theory]
    [InlineData("", 1e-4f, 1e4f, DepthAlignment.None)]
    [InlineData("--preset ibims", 0.1f, 10, DepthAlignment.None)]
    [InlineData("--preset ibims --max-depth 4", 0.1f, 4, DepthAlignment.None)]
    [InlineData("--min-depth 2 --max-depth 30", 2, 30, DepthAlignment.None)]
    [InlineData("--align median", 1e-4f, 1e4f, DepthAlignment.Median)]
    [InlineData("--align affine", 1e-4f, 1e4f, DepthAlignment.Affine)]
    [InlineData("--align affine-inverse", 1e-4f, 1e4f, DepthAlignment.AffineInverse)]
    public void Compares_in_the_range_and_with_the_alignment_it_is_told(string options, float min, float max, DepthAlignment alignment)
    {
        var (prediction, truth) = (Save("p.npy", 5, 1, 1, 3, 2, 9, 20), Save("t.npy", 5, 1, 0.05f, 2, 3, 5, 25));

        var (_, json, _) = RunJson(["--predicted", _folder["p.npy"], "--truth", _folder["t.npy"], .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        var expected = DepthMetrics.Of(prediction, truth, new() { MinDepth = min, MaxDepth = max, Alignment = alignment });
        Assert.Equal((expected.ValidPixels, expected.AbsRel, expected.SiLog), (json.GetProperty("validPixels").GetInt64(), json.GetProperty("absRel").GetDouble(), json.GetProperty("siLog").GetDouble()));
    }

    [Fact]
    public void Counts_only_the_pixels_of_the_valid_mask()
    {
        Save("p.npy", 3, 1, 1, 5, 1);
        Save("t.npy", 3, 1, 1, 1, 1);
        Save("v.npy", 3, 1, 1, 0, 1);
        var (_, json, _) = RunJson("--predicted", _folder["p.npy"], "--truth", _folder["t.npy"], "--valid-mask", _folder["v.npy"]);
        Assert.Equal((2, 0.0), (json.GetProperty("validPixels").GetInt32(), json.GetProperty("absRel").GetDouble()));
    }

    [Fact]
    public void Reads_16_bit_PNG_in_the_scale_it_is_told_and_our_own_in_millimetres()
    {
        Directory.CreateDirectory(_folder["p"]);
        Directory.CreateDirectory(_folder["t"]);
        File.Copy(Goldens.PathOf("depth", "millimeters.png"), _folder["p/a.depth16.png"]);
        File.Copy(Goldens.PathOf("depth", "millimeters.png"), _folder["t/a.png"]);

        Assert.Equal(0, RunJson("--predicted", _folder["p"], "--truth", _folder["t"]).Json.GetProperty("absRel").GetDouble());
        Assert.Equal(0.5, RunJson("--predicted", _folder["p"], "--truth", _folder["t"], "--depth-scale", "500").Json.GetProperty("absRel").GetDouble(), 1e-6);
    }

    [Theory]
    [InlineData("netpbm_little.pfm", "netpbm_big.pfm")]
    [InlineData("version1.npy", "version2.npy")]
    [InlineData("only.npz", "only.npz")]
    public void Compares_every_form_that_is_read(string predicted, string truth)
    {
        var (code, json, error) = RunJson("--predicted", Goldens.PathOf("depth", predicted), "--truth", Goldens.PathOf("depth", truth));
        Assert.Equal((ExitCode.Done, "", 0.0), (code, error, json.GetProperty("absRel").GetDouble()));
    }

    [Theory]
    [InlineData("complex.npy", "complex")]
    [InlineData("object.npy", "object")]
    [InlineData("text.npy", "text")]
    public void Says_what_a_file_holds_instead_of_depth(string file, string part)
    {
        var (code, output, error) = Run("evaluate", "--predicted", Goldens.PathOf("depth", file), "--truth", Goldens.PathOf("depth", "version1.npy"));
        Assert.Equal((ExitCode.SomeInputsFailed, ""), (code, output));
        Assert.Contains(file, error);
        Assert.Contains(part, error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Prints_tables_for_people()
    {
        foreach (var (name, meters) in new[] { ("near", 1.1f), ("far", 3f) })
        {
            Save($"p/{name}.npy", 1, 1, meters);
            Save($"t/{name}.npy", 1, 1, 1);
        }

        var (code, output, _) = Run("evaluate", "--predicted", _folder["p"], "--truth", _folder["t"]);

        Assert.Equal(ExitCode.Done, code);
        foreach (var part in new[] { "absRel", "delta3", "boundaryF1", "mean over images", "pooled over pixels", "2.0000", "2 images, 2 valid pixels." }) { Assert.Contains(part, output); }
        Assert.True(output.IndexOf("far", StringComparison.Ordinal) < output.IndexOf("near", StringComparison.Ordinal), output);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public void Pools_only_standard_metrics()
    {
        Save("p/a.npy", 3, 1, 4, 1, 4);
        Save("m/a.npy", 3, 1, 0, 1, 0);

        var (_, output, _) = Run("evaluate", "--predicted", _folder["p"], "--mask", _folder["m"]);

        Assert.Contains("0.5000", output);
        Assert.DoesNotContain("pooled", output);
        Assert.False(RunJson("--predicted", _folder["p"], "--mask", _folder["m"]).Json.TryGetProperty("pooled", out _));
    }

    [Fact]
    public void Writes_a_report_with_the_photos()
    {
        File.Copy(Goldens.PathOf("demo", "coffee_240x160.png"), _folder["coffee.png"]);
        Directory.CreateDirectory(_folder["photos"]);
        File.Copy(_folder["coffee.png"], _folder["photos/coffee.png"]);
        Save("p/coffee.npy", 2, 1, 1, 2);
        Save("t/coffee.npy", 2, 1, 1, 1);

        var (code, output, error) = Run("evaluate", "--predicted", _folder["p"], "--truth", _folder["t"], "--photos", _folder["photos"], "--report", _folder["new/report"], "--sort", "delta1");

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains($"report: {_folder["new/report/index.html"]}", output);
        Assert.Equal(["index.html"], Directory.GetFiles(_folder["new/report"]).Select(file => Path.GetFileName(file)));
        var page = File.ReadAllText(_folder["new/report/index.html"]);
        foreach (var part in new[] { "Sorted by delta1", "alt=\"coffee: photo\"", "alt=\"coffee: errors\"", "data:image/jpeg;base64," }) { Assert.Contains(part, page); }
    }

    [Fact]
    public void Compares_also_where_the_photo_is_broken()
    {
        Save("p/a.npy", 1, 1, 1);
        Save("t/a.npy", 1, 1, 1);
        Directory.CreateDirectory(_folder["photos"]);
        File.WriteAllText(_folder["photos/a.jpg"], "not a photo");

        var (code, json, error) = RunJson("--predicted", _folder["p"], "--truth", _folder["t"], "--photos", _folder["photos"], "--report", _folder["report"]);

        Assert.Equal((ExitCode.SomeInputsFailed, 1, 0.0), (code, json.GetProperty("images").GetInt32(), json.GetProperty("absRel").GetDouble()));
        Assert.Equal(_folder["photos/a.jpg"], json.GetProperty("skipped")[0].GetProperty("file").GetString());
        Assert.Contains("a.jpg", error);
        Assert.Contains("alt=\"a: errors\"", File.ReadAllText(_folder["report/index.html"]));
    }

    [Fact]
    public void Says_that_a_report_cannot_be_written()
    {
        Save("p.npy", 1, 1, 1);
        Directory.CreateDirectory(_folder["report/index.html"]);

        var (code, _, error) = Run("evaluate", "--predicted", _folder["p.npy"], "--truth", _folder["p.npy"], "--report", _folder["report"]);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains($"--report '{_folder["report/index.html"]}' cannot be written", error);
    }

    [Theory]
    [InlineData("--predicted P", "Nothing to compare with: name --truth, --mask, or both")]
    [InlineData("--truth T", "--predicted")]
    [InlineData("--predicted P --truth FOLDER", "expected files only, or folders only")]
    [InlineData("--predicted FOLDER --truth T", "expected files only, or folders only")]
    [InlineData("--predicted EMPTY --truth FOLDER", "holds no file to compare; expected files that end with .npy")]
    [InlineData("--predicted FOLDER --truth EMPTY", "holds no file to compare")]
    [InlineData("--predicted FOLDER --truth OTHER", "No files pair: ")]
    [InlineData("--predicted P --mask T --valid-mask T", "--valid-mask limits the comparison with --truth")]
    [InlineData("--predicted P --truth T --photos P", "name its folder with --report")]
    [InlineData("--predicted P --truth T --min-depth 5 --max-depth 2", "The depth range is 5 to 2 m")]
    [InlineData("--predicted P --truth T --min-depth -1", "0 < --min-depth")]
    [InlineData("--predicted P --truth T --depth-scale 0", "--depth-scale is 0; expected a positive number")]
    [InlineData("--predicted P --truth T --preset kitti", "'kitti'")]
    [InlineData("--predicted P --truth T --align scale", "'scale'")]
    [InlineData("--predicted P --truth T --sort accuracy", "'accuracy'")]
    [InlineData("--predicted P --truth T --report P", "--report")]
    public void Refuses_what_it_cannot_carry_out(string arguments, string part)
    {
        foreach (var name in new[] { "p.npy", "t.npy", "folder/a.npy", "other/b.npy" }) { Save(name, 1, 1, 1); }
        Directory.CreateDirectory(_folder["empty"]);
        string Named(string argument) => argument switch { "P" => _folder["p.npy"], "T" => _folder["t.npy"], "FOLDER" or "EMPTY" or "OTHER" => _folder[argument.ToLowerInvariant()], _ => argument };

        var (code, output, error) = Run(["evaluate", .. arguments.Split(' ').Select(Named)]);

        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains(part, error);
    }

    private DepthMap Save(string name, int width, int height, params float[] meters)
    {
        var map = new DepthMap(width, height, meters, float.NaN, FocalLengthSource.Unknown);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name]) ?? "");
        Npy.Write(_folder[name], map);
        return map;
    }

    private static (int Code, JsonElement Json, string Error) RunJson(params string[] arguments)
    {
        var (code, output, error) = Run(["evaluate", .. arguments, "--json"]);
        using var json = JsonDocument.Parse(output.Length > 0 ? output : "null");
        return (code, json.RootElement.Clone(), error);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var code = DepthProCommand.Run(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
