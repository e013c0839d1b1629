using DepthPro.Depth;
using DepthPro.Network;
using DepthPro.Network.Onnx;
using DepthPro.Preprocessing;
using DepthPro.Scoring;
using DepthPro.Tests;
using DepthPro.Transforms.Tests.Scoring;

namespace DepthPro.Transforms.Tests;

/// <summary>A photo in, the reference's metric depth out, whatever form the model has.</summary>
public sealed class DepthNetworkTests(MicroModels models) : IClassFixture<MicroModels>
{
    private const float GivenFocalLength = 250; // of the goldens
    private const string AsLargeAsTheOutput = "c_512x512";

    [Theory]
    [InlineData("a_200x150")]
    [InlineData("b_333x217")]
    [InlineData("c_512x512")]
    [InlineData("d_90x160")]
    public void Gives_the_references_depth_and_focal_length_when_it_estimates_the_field_of_view(string photo)
    {
        using var network = DepthNetwork.Open(models.Convert("depth_pro.pt"));
        var index = Goldens.Json("micro", photo, "index.json");

        var depth = network.Estimate(Photo.FromFile(Goldens.PathOf("micro", $"{photo}.png")));

        Assert.Equal(FocalLengthSource.Estimated, depth.FocalLengthSource);
        AssertRelative(index.GetProperty("fov_deg").GetDouble(), depth.FieldOfViewDegrees, 1e-5);
        AssertRelative(index.GetProperty("focallength_px").GetDouble(), depth.FocalLengthPixels, 1e-5);
        DepthAgreement.Assert(Goldens.Tensor($"micro/{photo}", "depth_estimated_fpx"), depth, unsmoothed: photo == AsLargeAsTheOutput);
    }

    [Theory]
    [InlineData("a_200x150")]
    [InlineData("b_333x217")]
    [InlineData("c_512x512")]
    [InlineData("d_90x160")]
    public void Gives_the_references_depth_when_the_focal_length_is_given(string photo)
    {
        using var network = DepthNetwork.Open(models.Convert("depth_pro.pt"));

        var depth = network.Estimate(Photo.FromFile(Goldens.PathOf("micro", $"{photo}.png")), GivenFocalLength);

        Assert.Equal((GivenFocalLength, FocalLengthSource.Given), (depth.FocalLengthPixels, depth.FocalLengthSource));
        DepthAgreement.Assert(Goldens.Tensor($"micro/{photo}", "depth_fpx250"), depth, unsmoothed: photo == AsLargeAsTheOutput);
    }

    [Theory]
    [InlineData("a_200x150")]
    [InlineData("b_333x217")]
    [InlineData("c_512x512")]
    [InlineData("d_90x160")]
    public void Gives_the_references_network_input_and_canonical_inverse_depth(string photo)
    {
        const double TimesTheReferencesRounding = 8;
        using var scorer = DepthScorer.Open(models.Convert("depth_pro.pt"));
        var side = MicroModels.Config.InputSize;
        var input = new float[3 * side * side];
        DepthInput.Prepare(Photo.FromFile(Goldens.PathOf("micro", $"{photo}.png")), side, input);

        var score = scorer.Score(input);

        double Tolerance(string name) => TimesTheReferencesRounding * Goldens.Json("micro", "float32_error.json").GetProperty(name).GetProperty("max_abs").GetDouble();
        Goldens.Tensor($"micro/{photo}", "net_input").AssertClose(input, Tolerance("net_input"));
        Goldens.Tensor($"micro/{photo}", "canonical_inverse_depth").AssertClose(score.InverseDepth, Tolerance("canonical_inverse_depth"));
        var every16th = Enumerable.Range(0, side * side).Where(i => i / side % 16 == 0 && i % side % 16 == 0).Select(i => score.InverseDepth[i]).ToArray();
        Goldens.Tensor($"micro/{photo}", "canonical_inverse_depth_s16").AssertClose(every16th, Tolerance("canonical_inverse_depth"));
    }

    [Theory]
    [InlineData("depth_pro_fp16.pt", WeightPrecision.Float32)]
    [InlineData("model.safetensors", WeightPrecision.Float32)]
    [InlineData("model_hf.safetensors", WeightPrecision.Float32)]
    [InlineData("depth_pro.pt", WeightPrecision.Float16)]
    [InlineData("depth_pro_fp16.pt", WeightPrecision.Float16)]
    [InlineData("model_hf.safetensors", WeightPrecision.Float16)]
    public void Gives_the_same_bits_when_another_checkpoint_or_precision_holds_the_same_weights(string checkpoint, WeightPrecision precision)
    {
        using var expected = DepthNetwork.Open(models.Convert("depth_pro.pt"));
        using var network = DepthNetwork.Open(models.Convert(checkpoint, precision));
        var photo = Photo.FromFile(Goldens.PathOf("micro", "a_200x150.png"));

        Assert.Equal(expected.Estimate(photo).Meters.ToArray(), network.Estimate(photo).Meters.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(35)]
    public void Gives_the_references_depth_when_patches_run_in_chunks_of_another_size(int patchesPerRun)
    {
        using var network = DepthNetwork.Open(models.Convert("depth_pro.pt"), new() { PatchesPerRun = patchesPerRun });

        var depth = network.Estimate(Photo.FromFile(Goldens.PathOf("micro", "b_333x217.png")));

        DepthAgreement.Assert(Goldens.Tensor("micro/b_333x217", "depth_estimated_fpx"), depth);
    }

    [Theory]
    [InlineData("depth_pro.pt", WeightPrecision.Float32)]
    [InlineData("model_hf.safetensors", WeightPrecision.Float32)]
    [InlineData("depth_pro_fp16.pt", WeightPrecision.Float16)]
    public void Gives_the_references_depth_when_the_network_is_one_file(string checkpoint, WeightPrecision precision)
    {
        using var network = DepthNetwork.Open(models.Convert(checkpoint, precision, singleFile: true));
        var photo = Photo.FromFile(Goldens.PathOf("micro", "a_200x150.png"));

        DepthAgreement.Assert(Goldens.Tensor("micro/a_200x150", "depth_estimated_fpx"), network.Estimate(photo));
        DepthAgreement.Assert(Goldens.Tensor("micro/a_200x150", "depth_fpx250"), network.Estimate(photo, GivenFocalLength));
    }

    [Fact]
    public void Gives_the_references_depth_when_a_trained_model_sees_the_golden_photo()
    {
        using var folder = new TemporaryFolder();
        using var network = DepthNetwork.Open(ModelConverter.Convert(Goldens.PathOf("demo", "model.safetensors"), folder["model"]));
        var expected = Goldens.Json("demo", "expected.json");

        var depth = network.Estimate(Photo.FromFile(Goldens.PathOf("demo", "coffee_240x160.png")));

        AssertRelative(expected.GetProperty("focalLengthPixels").GetDouble(), depth.FocalLengthPixels, 1e-5);
        var (meters, shape) = Goldens.Npy("demo", "coffee_240x160.depth.npy");
        DepthAgreement.Assert(new("demo/coffee_240x160.depth", shape, meters.Max(), meters, Sampled: false), depth);
    }

    [Fact]
    public void Stays_within_one_percent_when_weights_are_rounded_to_float16()
    {
        using var folder = new TemporaryFolder();
        UnroundedWeights.Write(folder["weights.safetensors"]);
        DepthMap Estimate(WeightPrecision precision)
        {
            using var network = DepthNetwork.Open(ModelConverter.Convert(folder["weights.safetensors"], folder[$"{precision}"], new() { Config = MicroModels.Config, Precision = precision }));
            return network.Estimate(Photo.FromFile(Goldens.PathOf("micro", "a_200x150.png")), GivenFocalLength);
        }
        var (exact, rounded) = (Estimate(WeightPrecision.Float32), Estimate(WeightPrecision.Float16));

        Assert.NotEqual(exact.Meters.ToArray(), rounded.Meters.ToArray());
        var largest = 1 / exact.Meters.ToArray().Min();
        var errors = new double[exact.Meters.Length];
        for (var i = 0; i < errors.Length; i++)
        {
            var (a, b) = (1 / exact.Meters[i], 1 / rounded.Meters[i]);
            Assert.True(Math.Abs(a - b) <= 1e-2 * largest, $"Pixel {i}: inverse depth {b:g6} with float16 weights, {a:g6} with float32 weights; the largest is {largest:g6}.");
            errors[i] = Math.Abs(rounded.Meters[i] / exact.Meters[i] - 1);
        }
        Array.Sort(errors);
        var percentile = errors[(int)(0.99 * errors.Length)]; // not the worst: where C nearly vanishes, so does what rounding is relative to
        Assert.True(percentile <= 1e-2, $"99th percentile of the relative error is {percentile:g3}, worst {errors[^1]:g3}.");
    }

    [Fact]
    public void Gives_the_references_depth_when_a_single_file_says_metres_and_focal_length_only()
    {
        using var folder = new TemporaryFolder();
        var whole = models.Convert("depth_pro.pt", singleFile: true);
        var onnx = File.ReadAllBytes(Path.Combine(whole.Path ?? "", "depth_pro.onnx"));
        foreach (var name in new[] { "canonical_inverse_depth", "field_of_view_degrees" }) { Rename(onnx, name); }
        File.WriteAllBytes(folder["foreign.onnx"], onnx);
        var model = DepthProModel.Open(folder["foreign.onnx"]);
        using var network = DepthNetwork.Open(model);
        var photo = Photo.FromFile(Goldens.PathOf("micro", "a_200x150.png"));

        Assert.Equal(SingleFileFlavor.MetricDepth, model.SingleFile?.Flavor);
        var depth = network.Estimate(photo);
        Assert.Equal(Goldens.Json("micro", "a_200x150", "index.json").GetProperty("focallength_px").GetSingle(), depth.FocalLengthPixels, 1e-3f);
        AssertToTheClamp("depth_estimated_fpx", depth);
        AssertToTheClamp("depth_fpx250", network.Estimate(photo, GivenFocalLength));
    }

    // Metric depth is clamped at 10 km before we see it, so inverse depths are known to 1e-4 only.
    private static void AssertToTheClamp(string golden, DepthMap got)
    {
        var expected = Goldens.Tensor("micro/a_200x150", golden).Values;
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(1 / got.Meters[i] - 1 / expected[i]) <= MetricDepth.MinInverseDepth + 1e-3 / expected[i], $"{golden}: at {i} got {got.Meters[i]:R}, expected {expected[i]:R}.");
        }
    }

    // To another name of the same length, wherever it stands.
    private static void Rename(Span<byte> onnx, string name)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(name);
        for (int at; (at = onnx.IndexOf(bytes)) >= 0; onnx = onnx[(at + bytes.Length)..]) { onnx[at] = (byte)'x'; }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Refuses_a_focal_length_that_is_no_length(float focalLength)
    {
        using var network = DepthNetwork.Open();
        var photo = Photo.FromPixels(1, 1, [1, 2, 3]);

        Assert.Contains("positive, finite", Assert.Throws<ArgumentOutOfRangeException>(() => network.Estimate(photo, focalLength)).Message);
    }

    [Fact]
    public void Needs_no_field_of_view_encoder_when_the_focal_length_is_known()
    {
        using var folder = WithoutFieldOfView();
        using var network = DepthNetwork.Open(folder.Path);

        Assert.Equal(GivenFocalLength, network.Estimate(Photo.FromFile(Goldens.PathOf("micro", "a_200x150.png")), GivenFocalLength).FocalLengthPixels);
    }

    [Fact]
    public void Asks_for_the_focal_length_before_it_runs_anything_when_it_cannot_estimate_it()
    {
        using var folder = WithoutFieldOfView();
        using var network = DepthNetwork.Open(folder.Path, new() { Device = ExecutionDevice.Cpu, ResidentWeights = ResidentWeights.OneStage });
        File.Delete(folder["patch_encoder.onnx"]); // nothing can be run

        Assert.Contains("Give a focal length", Assert.Throws<InvalidOperationException>(() => network.Estimate(Photo.FromPixels(1, 1, [1, 2, 3]))).Message);
    }

    [Fact]
    public void Refuses_to_estimate_when_disposed()
    {
        var network = DepthNetwork.Open();
        network.Dispose();
        network.Dispose();

        Assert.Throws<ObjectDisposedException>(() => network.Estimate(Photo.FromPixels(1, 1, [1, 2, 3])));
    }

    // A folder whose network.json says that there is no field-of-view head, and which has no file for it.
    private TemporaryFolder WithoutFieldOfView()
    {
        var folder = new TemporaryFolder();
        var whole = models.Convert("model.safetensors").Path ?? throw new InvalidOperationException("A converted model has a folder.");
        var read = ModelManifest.Read(Path.Combine(whole, ModelManifest.FileName));
        var manifest = read with { Network = read.Network with { FieldOfView = false }, Files = [.. read.Files.Where(f => !f.Name.StartsWith("field_of_view", StringComparison.Ordinal))] };
        foreach (var file in manifest.Files) { File.Copy(Path.Combine(whole, file.Name), folder[file.Name]); }
        File.WriteAllText(folder[ModelManifest.FileName], manifest.ToJson());
        return folder;
    }

    private static void AssertRelative(double expected, double got, double tolerance)
        => Assert.True(Math.Abs(got - expected) <= tolerance * Math.Abs(expected), $"Got {got:R}, expected {expected:R} within {tolerance:g2} relative.");
}
