using DepthPro.Network.Graphs;
using DepthPro.Tests;

namespace DepthPro.Network.Tests.Graphs;

/// <summary>Single operators against torch's.</summary>
public sealed class OperatorGoldenTests
{
    private const double Tolerance = 2e-6;

    [Theory]
    [InlineData("conv3_w", "conv3_p1", 4, 3, 1, 1)]
    [InlineData("conv3_w", "conv3_s2_p1", 4, 3, 2, 1)]
    [InlineData("conv1_w", "conv1", 4, 1, 1, 0)]
    public void Conv_computes_what_torch_computes(string weight, string golden, int channels, int kernel, int stride, int padding)
        => Check("ops", golden, "conv_in", (x, w) => x.Conv(w, channels, kernel, stride, padding), weight, "conv_b");

    [Fact]
    public void Conv_computes_what_torch_computes_without_a_bias() => Check("ops", "conv6", "conv_in", (x, w) => x.Conv(w, 1, kernel: 6, bias: false), "conv6_w");

    [Fact]
    public void Upsample_computes_what_torch_computes() => Check("ops", "deconv_k2s2", "conv_in", (x, w) => x.Upsample(w, 5, bias: true), "deconv_w", "deconv_b");

    [Fact]
    public void LayerNorm_computes_what_torch_computes() => Check("ops", "ln_out_eps1e-6", "ln_in", (x, w) => x.LayerNorm(w), "ln_w", "ln_b");

    [Fact]
    public void Gelu_computes_what_torch_computes() => Check("ops", "gelu_out", "gelu_in", (x, _) => x.Gelu());

    [Theory]
    [InlineData("bilinear_scale_0.5", 2)]
    [InlineData("bilinear_scale_0.25", 4)]
    public void Shrink_computes_what_torch_computes(string golden, int factor) => Check("resize", golden, "in_16x24", (x, _) => x.Shrink(factor));

    private static void Check(string folder, string golden, string input, Func<Value, Weights, Value> apply, string weight = "", string bias = "")
    {
        var (values, shape) = Goldens.Npy(folder, $"{input}.npy");
        int[] batched = shape.Length == 3 ? [1, .. shape] : shape; // maps come without their batch dimension
        var graph = new Graph("operator");
        graph.Output("y", apply(graph.Input("x", batched), new Weights(graph)["op"]));

        void Read(string name, Span<float> destination)
            => Goldens.Npy(folder, $"{(name == "op.weight" ? weight : bias)}.npy").Values.CopyTo(destination);
        var got = GraphRunner.Run(graph, Read, ("x", values, batched))["y"];

        var expected = Goldens.Tensor(folder, golden);
        Assert.Equal(expected.Shape.Aggregate(1L, (product, d) => product * d), graph.Outputs[0].Shape.Count);
        expected.AssertClose(got, Tolerance * Math.Max(1, expected.AbsMax));
    }
}
