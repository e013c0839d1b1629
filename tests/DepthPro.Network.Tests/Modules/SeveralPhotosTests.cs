using DepthPro.Network.Checkpoints;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Tests;

namespace DepthPro.Network.Tests.Modules;

public sealed class SeveralPhotosTests
{
    [Fact]
    public void Photos_at_once_are_estimated_as_one_by_one()
    {
        var photo = MicroNetwork.Input("a_200x150");
        float[][] inputs = [photo, [.. photo.Reverse()]];

        var (depths, degrees) = Estimate([.. inputs.SelectMany(input => input)], inputs.Length);

        for (var i = 0; i < inputs.Length; i++)
        {
            var (depth, degree) = Estimate(inputs[i], 1);
            var largest = depth.Max();
            Assert.All(depth.Zip(depths.Skip(i * depth.Length)), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * largest));
            Assert.Equal(degree[0], degrees[i], 1e-3);
        }
    }

    [Fact]
    public void A_leak_lets_inverse_depth_go_below_zero()
    {
        var graph = new Graph("leaking");
        DepthProNetwork.Estimate(graph.Input("pixels", 1, 3, MicroNetwork.Config.InputSize, MicroNetwork.Config.InputSize), MicroNetwork.Config, leak: 0.1f);

        var last = Assert.Single(graph.Nodes, node => node.Op == "LeakyRelu");
        Assert.Contains(("alpha", 0.1f), last.Attributes);
    }

    private static (float[] InverseDepth, float[] FieldOfView) Estimate(float[] pixels, int photos)
    {
        var (graph, config) = (new Graph("photos"), MicroNetwork.Config);
        int[] shape = [photos, 3, config.InputSize, config.InputSize];
        var (inverseDepth, fieldOfView) = DepthProNetwork.Estimate(graph.Input("pixels", shape), config);
        graph.Output("inverse_depth", inverseDepth);
        graph.Output("field_of_view", fieldOfView ?? throw new InvalidOperationException("The micro network has a field-of-view head."));
        using var checkpoint = Checkpoint.Open(Goldens.PathOf("micro", "model.safetensors"));
        var results = GraphRunner.Run(graph, checkpoint.Read, ("pixels", pixels, shape));
        return (results["inverse_depth"], results["field_of_view"]);
    }
}
