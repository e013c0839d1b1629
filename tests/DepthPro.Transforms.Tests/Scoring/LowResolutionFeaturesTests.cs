using DepthPro.Network.Checkpoints;
using DepthPro.Network.Modules;
using DepthPro.Network.Tests;
using DepthPro.Preprocessing;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Scoring;

/// <summary>What the field-of-view head reads, for every golden photo; the stages of one photo are held in DepthPro.Network.Tests.</summary>
public sealed class LowResolutionFeaturesTests
{
    [Theory]
    [InlineData("a_200x150")]
    [InlineData("b_333x217")]
    [InlineData("c_512x512")]
    [InlineData("d_90x160")]
    public void Are_the_references(string photo)
    {
        const double TimesTheReferencesRounding = 8;
        var (config, side) = (MicroModels.Config, MicroModels.Config.InputSize);
        var input = new float[3 * side * side];
        DepthInput.Prepare(Photo.FromFile(Goldens.PathOf("micro", $"{photo}.png")), side, input);
        var graph = DepthProNetwork.Whole(config);
        graph.Output("lowres_features", graph["decoder.convs.4"]);
        using var checkpoint = Checkpoint.Open(Goldens.PathOf("micro", "model.safetensors"));

        var got = GraphRunner.Run(graph, checkpoint.Read, ("pixel_values", input, [1, 3, side, side]))["lowres_features"];

        var rounding = Goldens.Json("micro", "float32_error.json").GetProperty("lowres_features").GetProperty("max_abs").GetDouble();
        Goldens.Tensor($"micro/{photo}", "lowres_features").AssertClose(got, TimesTheReferencesRounding * rounding);
    }
}
