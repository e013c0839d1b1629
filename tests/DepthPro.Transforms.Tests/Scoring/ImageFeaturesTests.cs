using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Scoring;

/// <summary>What the image encoder saw, against the reference's tokens and the plainest pooling of them.</summary>
public sealed class ImageFeaturesTests(MicroModels models) : IClassFixture<MicroModels>
{
    private static readonly GoldenTensor Tokens = Goldens.Tensor("micro/a_200x150", "ie_tokens");

    private static readonly double Tolerance = 2e-5 * Tokens.AbsMax; // as for the network's other stages

    private static Photo MicroPhoto => Photo.FromFile(Goldens.PathOf("micro", "a_200x150.png"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Are_the_references_tokens(bool singleFile)
    {
        var model = models.Convert("depth_pro.pt", singleFile: singleFile);
        using var network = DepthNetwork.Open(model);
        var (grid, width) = (MicroModels.Config.Vit.Grid, MicroModels.Config.Vit.Width);

        var (depth, features) = network.EstimateWithFeatures(MicroPhoto);

        Assert.Equal((grid, width, grid, width), (features.Grid, features.Width, model.TokenGrid, model.TokenWidth));
        Tokens.AssertClose([.. features.ClassToken.Span, .. features.TokenGrid.Span], Tolerance);
        for (var i = 0; i < width; i++)
        {
            var mean = Enumerable.Range(1, grid * grid).Average(token => (double)Tokens.Values[token * width + i]);
            Assert.True(Math.Abs(features.PooledTokens.Span[i] - mean) <= Tolerance, $"Pooled {i}: got {features.PooledTokens.Span[i]:R}, expected {mean:R}.");
        }
        Assert.Equal(network.Estimate(MicroPhoto).Meters.ToArray(), depth.Meters.ToArray());
    }

    [Fact]
    public void Come_of_one_run_with_a_known_focal_length_too()
    {
        using var network = DepthNetwork.Open(models.Convert("depth_pro.pt"));

        var (depth, features) = network.EstimateWithFeatures(MicroPhoto, 250);

        Assert.Equal((1L, 250f), (network.Runs, depth.FocalLengthPixels));
        Tokens.AssertClose([.. features.ClassToken.Span, .. features.TokenGrid.Span], Tolerance);
    }

    [Fact]
    public void Are_there_of_the_demo_model()
    {
        var demo = DepthProModel.Demo;
        Assert.Equal((demo.Config?.Vit.Grid, demo.Config?.Vit.Width), (demo.TokenGrid, demo.TokenWidth));
        Assert.True(demo.TokenGrid > 0 && demo.TokenWidth > 0);
    }

    [Fact]
    public void Are_missing_of_a_file_that_was_converted_without_them_and_only_they()
    {
        using var folder = new TemporaryFolder();
        var whole = models.Convert("depth_pro.pt", singleFile: true);
        var onnx = File.ReadAllBytes(Path.Combine(whole.Path ?? "", "depth_pro.onnx"));
        for (int at; (at = onnx.AsSpan().IndexOf("image_tokens"u8)) >= 0;) { onnx[at] = (byte)'x'; }
        File.WriteAllBytes(folder["foreign.onnx"], onnx);
        foreach (var data in Directory.GetFiles(whole.Path ?? "", "*.data")) { File.Copy(data, folder[Path.GetFileName(data)]); }
        var model = DepthProModel.Open(folder["foreign.onnx"]);
        using var network = DepthNetwork.Open(model);
        using var complete = DepthNetwork.Open(whole);

        Assert.Equal((0, 0), (model.TokenGrid, model.TokenWidth));
        var error = Assert.Throws<NotSupportedException>(() => network.EstimateWithFeatures(MicroPhoto));
        foreach (var part in new[] { "foreign.onnx", "'image_tokens'", "depthpro convert" }) { Assert.Contains(part, error.Message, StringComparison.Ordinal); }
        Assert.Equal(0, network.Runs);
        Assert.Equal(complete.Estimate(MicroPhoto).Meters.ToArray(), network.Estimate(MicroPhoto).Meters.ToArray());
    }
}
