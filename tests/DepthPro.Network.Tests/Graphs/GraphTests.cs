using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Network.Tests.Modules;

namespace DepthPro.Network.Tests.Graphs;

public sealed class GraphTests
{
    [Theory]
    [InlineData("encoder.patch_encoder", "[35, 577, 1024]")]
    [InlineData("encoder.upsample_latent0", "[1, 256, 768, 768]")]
    [InlineData("encoder.upsample_latent1", "[1, 256, 384, 384]")]
    [InlineData("encoder.upsample0", "[1, 512, 192, 192]")]
    [InlineData("encoder.upsample1", "[1, 1024, 96, 96]")]
    [InlineData("encoder.fuse_lowres", "[1, 1024, 48, 48]")]
    [InlineData("head.4", "[1, 1, 1536, 1536]")]
    [InlineData("fov.head.4", "[1, 1, 1, 1]")]
    public void Infers_the_published_networks_shapes(string module, string shape)
        => Assert.Equal(shape, DepthProNetwork.Whole(new())[module].Shape.ToString());

    [Fact]
    public void Leaves_the_batch_of_the_patch_encoder_free()
    {
        var graph = DepthProNetwork.PatchEncoder(MicroNetwork.Config);

        Assert.All(graph.Inputs.Concat(graph.Outputs), value => Assert.Equal(Shape.AnyCount, value.Shape[0]));
    }

    [Fact]
    public void Names_nodes_after_their_module_and_each_once()
    {
        var graph = DepthProNetwork.Whole(MicroNetwork.Config);

        Assert.Contains(graph.Nodes, node => node.Name == "encoder.patch_encoder.blocks.0.attn/Softmax");
        Assert.Contains(graph.Nodes, node => node.Name == "decoder.fusions.0.out_conv/Conv");
        Assert.Equal(graph.Nodes.Count, graph.Nodes.Select(node => node.Name).Distinct().Count());
    }

    [Fact]
    public void Says_which_shapes_do_not_fit()
    {
        var graph = new Graph("g");
        var (a, b) = (graph.Input("a", 2, 3), graph.Input("b", 2, 4));

        Assert.Contains("a [2, 3] and b [2, 4]", Assert.Throws<ArgumentException>(() => a + b).Message);
        Assert.Contains("a [2, 3] and b [2, 4]", Assert.Throws<ArgumentException>(() => a.MatMul(b)).Message);
        Assert.Contains("a [2, 3] does not hold [7]", Assert.Throws<ArgumentException>(() => a.Reshape(7)).Message);
    }

    [Fact]
    public void Says_which_modules_it_has_when_asked_for_another()
    {
        var graph = DepthProNetwork.ImageEncoder(MicroNetwork.Config);

        Assert.Contains("encoder.image_encoder.patch_embed.proj", Assert.Throws<KeyNotFoundException>(() => graph["encoder.nothing"]).Message);
    }
}
