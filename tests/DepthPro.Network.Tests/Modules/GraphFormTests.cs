using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Network.Onnx;
using DepthPro.Tests;

namespace DepthPro.Network.Tests.Modules;

/// <summary>The forms of the network's graph: what they change, and that they compute what the reference computes.</summary>
public sealed class GraphFormTests(GraphFormTests.FusedNetwork fused) : IClassFixture<GraphFormTests.FusedNetwork>
{
    private const string Photo = "micro/a_200x150";

    private static readonly GraphForm Fused = new() { FusedAttention = true };

    [Theory]
    [InlineData("pe_tokens", "encoder.patch_encoder")]
    [InlineData("hook0_tokens", "encoder.patch_encoder.blocks.0")]
    [InlineData("ie_tokens", "encoder.image_encoder")]
    [InlineData("fov_vit_tokens", "fov.encoder.0")]
    [InlineData("fov_head4", "fov.head.4")]
    [InlineData("canonical_inverse_depth", "canonical_inverse_depth")]
    public void Fused_attention_computes_what_the_reference_computes(string golden, string module)
    {
        var expected = Goldens.Tensor(Photo, golden);

        expected.AssertClose(fused.Network[module], StageGoldenTests.Tolerance(golden, expected));
    }

    [Fact]
    public void Fuses_the_attention_of_every_block()
    {
        var graphs = DepthProNetwork.Parts(new(), Fused);

        Assert.Equal([24, 24, 0, 24], graphs.Select(graph => graph.Nodes.Count(node => node.Op == "MultiHeadAttention")));
        Assert.All(graphs, graph => Assert.DoesNotContain(graph.Nodes, node => node.Op == "Softmax"));
    }

    [Fact]
    public void Is_portable_unless_it_is_told_otherwise()
    {
        Assert.All(DepthProNetwork.Parts(new()).Append(DepthProNetwork.Whole(new())), graph => Assert.All(graph.Nodes, node => Assert.Equal("", node.Domain)));
        Assert.Contains(DepthProNetwork.PatchEncoder(new(), Fused).Nodes, node => node.Domain == "com.microsoft");
    }

    [Fact]
    public void Reads_the_same_parameters_in_every_form()
    {
        string[] Parameters(GraphForm form) => [.. DepthProNetwork.Parts(new(), form).SelectMany(graph => graph.Parameters).Select(parameter => $"{parameter.Path} {parameter.Shape}")];

        Assert.Equal(Parameters(GraphForm.Portable), Parameters(Fused));
        Assert.Equal(Parameters(GraphForm.Portable), Parameters(GraphForm.Int8));
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
        ColumnQuantization.Quantize([1, -8, -4, 2, 0.5f, 0], integers, scales);
        Assert.Equal([16, -63, -63, 16, 8, 0], integers);
        Assert.Equal([4f / 63, 8f / 63], scales);
    }

    [Fact]
    public void Refuses_to_write_a_form_in_another_precision()
    {
        foreach (var (form, precision) in new[] { (GraphForm.Portable, WeightPrecision.Int8), (GraphForm.Int8, WeightPrecision.Float32), (GraphForm.Int8, WeightPrecision.Float16) })
        {
            var error = Assert.Throws<ArgumentException>(() => OnnxWriter.Write(DepthProNetwork.ImageEncoder(MicroNetwork.Config, form), Stream.Null, (_, _) => { }, precision));
            Assert.Contains($"its weights are to be {precision}; expected Int8 for a graph of GraphForm.QuantizedLinears, and for no other", error.Message);
        }
        Assert.Contains("its weights are to be inputs", Assert.Throws<ArgumentException>(() => OnnxWriter.WriteWithoutWeights(DepthProNetwork.ImageEncoder(MicroNetwork.Config, GraphForm.Int8), Stream.Null)).Message);
    }

    [Fact]
    public void Quantizes_a_column_of_zeros()
        => Assert.Equal([0.5f, 0.5f], Linear([1, 2, 3, 4], [0, 0], [0.5f], rows: 2, inputs: 2, features: 1));

    private static float[] Linear(float[] x, float[] weight, float[] bias, int rows, int inputs, int features)
    {
        var graph = new Graph("linear", new GraphForm { QuantizedLinears = true });
        graph.Output("y", graph.Input("x", 1, rows, inputs).Linear(new Weights(graph)["layer"], features));
        return GraphRunner.Run(graph, (name, values) => (name == "layer.weight" ? weight : bias).CopyTo(values), WeightPrecision.Int8, ("x", x, [1, rows, inputs]))["y"];
    }

    /// <summary>The micro network with fused attention, run once.</summary>
    public sealed class FusedNetwork
    {
        internal MicroNetwork Network { get; } = new(Fused);
    }
}
