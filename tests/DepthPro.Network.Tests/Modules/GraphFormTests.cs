using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Network.Onnx;
using DepthPro.Network.Tests.Graphs;
using DepthPro.Tests;

namespace DepthPro.Network.Tests.Modules;

/// <summary>The forms of the network's graph: what they change, and that they compute what the reference computes.</summary>
public sealed class GraphFormTests(GraphFormTests.Networks networks) : IClassFixture<GraphFormTests.Networks>
{
    private const string Photo = "micro/a_200x150";

    [Theory]
    [InlineData("pe_tokens", "encoder.patch_encoder")]
    [InlineData("hook0_tokens", "encoder.patch_encoder.blocks.0")]
    [InlineData("ie_tokens", "encoder.image_encoder")]
    [InlineData("decoder_fusion4", "decoder.fusions.4")]
    [InlineData("decoder_fusion1", "decoder.fusions.1")]
    [InlineData("head4_pre_relu", "head.4")]
    [InlineData("fov_vit_tokens", "fov.encoder.0")]
    [InlineData("fov_head4", "fov.head.4")]
    [InlineData("canonical_inverse_depth", "canonical_inverse_depth")]
    public void Merged_layers_and_fused_operators_compute_what_the_reference_computes(string golden, string module)
    {
        var expected = Goldens.Tensor(Photo, golden);

        expected.AssertClose(networks.Portable[module], StageGoldenTests.Tolerance(golden, expected));
        expected.AssertClose(networks.OnnxRuntime[module], StageGoldenTests.Tolerance(golden, expected));
        expected.AssertClose(networks.PairedRows[module], StageGoldenTests.Tolerance(golden, expected));
        expected.AssertClose(networks.Float16Compute[module], StageGoldenTests.Tolerance(golden, expected)); // in float32 here
    }

    [Fact]
    public void Merges_layers_and_fuses_norms_and_attention()
    {
        int[] Count(GraphForm form, string op) => [.. DepthProNetwork.Parts(new(), form).Select(graph => graph.Nodes.Count(node => node.Op == op))];

        Assert.Equal([49, 49, 0, 49], Count(GraphForm.Portable, "LayerNormalization"));
        Assert.Equal([1, 1, 0, 1], Count(GraphForm.OnnxRuntime, "LayerNormalization")); // nothing is added before the first
        Assert.Equal([48, 48, 0, 48], Count(GraphForm.OnnxRuntime, "SkipLayerNormalization"));
        Assert.Equal([24, 24, 0, 24], Count(GraphForm.OnnxRuntime, "Softmax"));
        Assert.Equal([24, 24, 0, 24], Count(GraphForm.Float16Compute, "MultiHeadAttention"));
        Assert.Equal([0, 0, 0, 0], Count(GraphForm.Float16Compute, "Softmax"));
        Assert.Equal([0, 0, 3, 0], Count(GraphForm.Plain, "Conv").Zip(Count(GraphForm.Portable with { LargestMapBytes = long.MaxValue }, "Conv"), (plain, merged) => plain - merged)); // five 1x1 convolutions fewer, two more for biases
        Assert.All(DepthProNetwork.DecoderAndHead(new(), GraphForm.Portable).Nodes, node => Assert.All(node.Outputs, output => Assert.True(output.Shape.Count <= 256 * 384 * 384, $"{output} is larger than the second finest map.")));
    }

    [Fact]
    public void Large_maps_are_convolved_two_rows_at_a_time_on_the_CPU()
    {
        int Pairs(GraphForm form, NetworkConfig config) => DepthProNetwork.DecoderAndHead(config, form with { LargestMapBytes = long.MaxValue })
            .Nodes.Count(node => node.Op == "Conv" && node.Attributes.Any(a => a.Value is long[] and [1, 3]));

        Assert.Equal(4 * 4 * 4, Pairs(GraphForm.OnnxRuntime, new())); // in each of four levels two units of two convolutions, each of which becomes four
        Assert.Equal(0, Pairs(GraphForm.OnnxRuntime, DepthProModel.Demo.Config!));
        Assert.All(new[] { GraphForm.Plain, GraphForm.Portable, GraphForm.Int8, GraphForm.Float16Compute }, form => Assert.Equal(0, Pairs(form, new())));
    }

    [Fact]
    public void The_finest_map_is_upsampled_with_channels_last_on_the_CPU()
    {
        bool ByChannel(GraphForm form) => DepthProNetwork.DecoderAndHead(new(), form with { LargestMapBytes = long.MaxValue })
            .Nodes.Any(node => node.Op == "DepthToSpace" && node.Attributes.Any(a => a.Value is 8L));

        Assert.False(ByChannel(GraphForm.OnnxRuntime));
        Assert.All(new[] { GraphForm.Portable, GraphForm.Int8, GraphForm.Float16Compute }, form => Assert.True(ByChannel(form)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(32)]
    public void Strips_of_the_finest_map_give_what_the_whole_gives(int strips)
    {
        var config = MicroNetwork.Config;
        var side = 4 * config.Vit.Grid;
        var bytes = sizeof(float) * config.DecoderWidth * side * side << (2 * config.Upsampling);
        var cut = GraphForm.OnnxRuntime with { LargestMapBytes = bytes / strips };
        Assert.Equal(strips, DepthProNetwork.DecoderAndHead(config, cut).Nodes.Count(node => node.Op == "Expand")); // one in each head

        var inverseDepth = new MicroNetwork(cut)["canonical_inverse_depth"];

        var whole = networks.OnnxRuntime["canonical_inverse_depth"];
        for (var i = 0; i < whole.Length; i++) { Assert.Equal(whole[i], inverseDepth[i], 1e-6); }
    }

    [Fact]
    public void A_finer_maps_branch_is_before_the_upsampling_of_the_coarser_so_that_it_does_not_run_first()
    {
        foreach (var form in new[] { GraphForm.OnnxRuntime, GraphForm.Int8 })
        {
            var nodes = DepthProNetwork.DecoderAndHead(new(), form).Nodes.Select(node => node.Name).ToList();
            int First(string module) => nodes.FindIndex(name => name.StartsWith(module, StringComparison.Ordinal));
            foreach (var level in Enumerable.Range(0, 4)) { Assert.True(First($"decoder.fusions.{level}.resnet1") < First($"decoder.fusions.{level + 1}.out_conv"), $"{form}, level {level}"); }
        }
    }

    [Fact]
    public void Has_standard_operators_unless_it_is_for_ONNX_Runtime()
    {
        foreach (var form in new[] { GraphForm.Plain, GraphForm.Portable })
        {
            Assert.All(DepthProNetwork.Parts(new(), form).Append(DepthProNetwork.Whole(new(), form)), graph => Assert.All(graph.Nodes, node => Assert.Equal("", node.Domain)));
        }
        Assert.Contains(DepthProNetwork.PatchEncoder(new(), GraphForm.OnnxRuntime).Nodes, node => node.Domain == "com.microsoft");
        Assert.Equal(GraphForm.Plain, new Graph("any").Form);
    }

    [Fact]
    public void Reads_the_same_parameters_in_every_form()
    {
        string[] Parameters(GraphForm form) => [.. DepthProNetwork.Parts(new(), form).SelectMany(graph => graph.Parameters).Select(parameter => $"{parameter.Path} {parameter.Shape}")];

        Assert.All(new[] { GraphForm.Portable, GraphForm.OnnxRuntime, GraphForm.Int8, GraphForm.Float16Compute, GraphForm.Int4WeightOnly, GraphForm.Int8WeightOnly }, form => Assert.Equal(Parameters(GraphForm.Plain), Parameters(form)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Quantized_linear_layers_are_products_of_integers(int seed)
    {
        const int Rows = 5, Inputs = 37, Features = 11;
        var random = new Random(seed);
        float[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => 4 * random.NextSingle() - 1.5f)];
        var (x, weight, bias) = (Random(Rows * Inputs), Random(Features * Inputs), Random(Features));

        var got = Linear(x, weight, bias, Rows, Inputs, Features);

        // A naive twin. Activations: 0 to 255 from the least to the largest, 0 among them; weights: -63 to 63 by the largest of each output.
        var step = (Math.Max(x.Max(), 0) - Math.Min(x.Min(), 0)) / 255;
        var zero = (int)MathF.Round(-Math.Min(x.Min(), 0) / step);
        int[] Activations(int row) => [.. x.AsSpan(row * Inputs, Inputs).ToArray().Select(value => (int)Math.Clamp(MathF.Round(value / step) + zero, 0, 255) - zero)];
        for (var feature = 0; feature < Features; feature++)
        {
            float[] w = weight[(feature * Inputs)..((feature + 1) * Inputs)];
            var scale = w.Max(Math.Abs) / 63;
            for (var row = 0; row < Rows; row++)
            {
                var product = Activations(row).Zip(w, (a, value) => a * (int)MathF.Round(value / scale)).Sum();
                Assert.Equal(product * step * scale + bias[feature], got[row * Features + feature], 1e-3 + Math.Abs(step * scale)); // an activation in the middle of two integers may go to either
            }
        }
    }

    [Fact]
    public void Quantized_products_do_not_saturate()
    {
        const int Inputs = 64;
        float[] x = Enumerable.Repeat(1f, Inputs).ToArray(), weight = Enumerable.Repeat(2f, Inputs).ToArray();

        Assert.Equal(2f * Inputs, Linear(x, weight, [0], 1, Inputs, 1)[0], 1e-3);
        Assert.Equal(-2f * Inputs, Linear(x, [.. weight.Select(w => -w)], [0], 1, Inputs, 1)[0], 1e-3);
    }

    [Fact]
    public void Weights_have_seven_bits()
    {
        var (integers, scales) = (new sbyte[6], new float[2]);
        WeightQuantization.Columns([1, -8, -4, 2, 0.5f, 0], integers, scales);
        Assert.Equal([16, -63, -63, 16, 8, 0], integers);
        Assert.Equal([4f / 63, 8f / 63], scales);
        WeightQuantization.Rows([1, -4, 0.5f, -8, 2, 0], integers, scales);
        Assert.Equal([16, -63, 8, -63, 16, 0], integers);
        Assert.Equal([4f / 63, 8f / 63], scales);
    }

    [Fact]
    public void Refuses_to_write_a_form_in_another_precision()
    {
        foreach (var (form, precision) in new[] { (GraphForm.OnnxRuntime, WeightPrecision.Int8), (GraphForm.Int8, WeightPrecision.Float32), (GraphForm.Int8, WeightPrecision.Float16) })
        {
            var error = Assert.Throws<ArgumentException>(() => OnnxWriter.Write(DepthProNetwork.ImageEncoder(MicroNetwork.Config, form), Stream.Null, (_, _) => { }, precision));
            Assert.Contains($"its weights are to be {precision}; expected Int8 for a graph of GraphForm.QuantizedLayers, and for no other", error.Message);
        }
        Assert.Contains("has weights that are computed from others, and its weights are to be inputs; expected a graph of GraphForm.Plain", Assert.Throws<ArgumentException>(() => OnnxWriter.WriteWithoutWeights(DepthProNetwork.DecoderAndHead(MicroNetwork.Config, GraphForm.Portable), Stream.Null)).Message);
        Assert.Contains("its weights are to be inputs", Assert.Throws<ArgumentException>(() => OnnxWriter.WriteWithoutWeights(DepthProNetwork.ImageEncoder(MicroNetwork.Config, GraphForm.Int8), Stream.Null)).Message);
    }

    [Fact]
    public void Quantizes_a_column_of_zeros()
        => Assert.Equal([0.5f, 0.5f], Linear([1, 2, 3, 4], [0, 0], [0.5f], rows: 2, inputs: 2, features: 1));

    private static float[] Linear(float[] x, float[] weight, float[] bias, int rows, int inputs, int features)
    {
        var graph = new Graph("linear", new GraphForm { QuantizedLayers = true });
        graph.Output("y", graph.Input("x", 1, rows, inputs).Linear(new Weights(graph)["layer"], features));
        return GraphRunner.Run(graph, (name, values) => (name == "layer.weight" ? weight : bias).CopyTo(values), WeightPrecision.Int8, ("x", x, [1, rows, inputs]))["y"];
    }

    /// <summary>The micro network in the forms that models have, each run once.</summary>
    public sealed class Networks
    {
        internal MicroNetwork Portable { get; } = new(GraphForm.Portable);

        internal MicroNetwork OnnxRuntime { get; } = new(GraphForm.OnnxRuntime);

        internal MicroNetwork PairedRows { get; } = new(Forms.Named(Forms.PairedRows));

        internal MicroNetwork Float16Compute { get; } = new(GraphForm.Float16Compute);
    }
}
