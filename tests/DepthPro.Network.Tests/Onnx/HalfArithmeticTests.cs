using DepthPro.Network.Checkpoints;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Network.Onnx;
using DepthPro.Network.Tests.Graphs;
using DepthPro.Network.Tests.Modules;
using DepthPro.Tests;

namespace DepthPro.Network.Tests.Onnx;

/// <summary>Half arithmetic: what is float16 and what stays float32, and how far the micro network's depth is from the reference's.</summary>
public sealed class HalfArithmeticTests
{
    // Inverse depths of the golden photo lie about this, 1/m.
    private const double Median = 0.3536;

    private static readonly (string Name, float[] Values, int[] Shape) Input = ("pixel_values", MicroNetwork.Input("a_200x150"), [1, 3, MicroNetwork.Config.InputSize, MicroNetwork.Config.InputSize]);

    // A rounding to float16 is 0.05 % at most. Measured: 1.3 % in the worst pixel, 0.1 % in the median one; 0.06 degrees, with attention as one operation 0.11.
    [Theory]
    [InlineData(nameof(GraphForm.Float16Compute), 0.15)]
    [InlineData(nameof(GraphForm.OnnxRuntime), 0.1)]
    [InlineData(nameof(GraphForm.Portable), 0.1)]
    public void Computes_nearly_what_the_reference_computes_where_products_are_summed_in_float32(string form, double degrees)
        => AssertClose(GraphRunner.Run(Rounded(Whole(form)), Read, Input), ofMedian: 0.02, degrees);

    // ONNX Runtime's CPU provider lets some roundings out, and its products in float16 are less exact. Measured: 3.4 % in the worst pixel, 0.17 degrees; with MatMul in float32, 1.1 % and 0.02 degrees.
    [Theory]
    [InlineData(nameof(GraphForm.Float16Compute))]
    [InlineData(nameof(GraphForm.OnnxRuntime))]
    [InlineData(nameof(GraphForm.Portable))]
    public void Runs_on_the_cpu(string form)
        => AssertClose(GraphRunner.Run(Whole(form), Read, WeightPrecision.Float16Compute, Input), ofMedian: 0.05, degrees: 0.4);

    [Theory]
    [InlineData(nameof(GraphForm.Float16Compute))]
    [InlineData(nameof(GraphForm.OnnxRuntime))]
    [InlineData(nameof(GraphForm.Portable))]
    public void Weights_are_stored_once_and_as_float16(string form)
    {
        foreach (var graph in DepthProNetwork.Parts(MicroNetwork.Config, Forms.Named(form)))
        {
            var stored = WrittenModel.Of(graph, WeightPrecision.Float16Compute).Initializers;
            string[] weights = [.. graph.Parameters.Select(parameter => parameter.Name), .. graph.DerivedParameters.Select(parameter => parameter.Name)];

            Assert.All(weights, weight => Assert.Equal(WrittenModel.Half, stored[OnnxWriter.HalfName(weight)]));
            Assert.All(weights, weight => Assert.DoesNotContain(weight, stored));
        }
    }

    [Theory]
    [InlineData(nameof(GraphForm.Float16Compute))]
    [InlineData(nameof(GraphForm.OnnxRuntime))]
    [InlineData(nameof(GraphForm.Portable))]
    public void Norms_and_last_layers_stay_in_float32_and_products_do_not(string form)
    {
        foreach (var graph in DepthProNetwork.Parts(MicroNetwork.Config, Forms.Named(form)))
        {
            var nodes = WrittenModel.Of(graph, WeightPrecision.Float16Compute).Nodes;
            var last = graph.Name switch
            {
                ModelParts.Decoder => ["head/Conv_4", "decoder.convs.4/Conv"],
                ModelParts.FieldOfView => ["fov.head.4/Conv"],
                _ => (string[])[],
            };

            Assert.All(nodes.Where(node => node.Op.EndsWith("LayerNormalization", StringComparison.Ordinal)), norm => Assert.Equal(WrittenModel.Float, norm.Output));
            Assert.All(nodes.Where(node => node.Op is "MatMul" or "MultiHeadAttention" or "Softmax" or "Gelu"), node => Assert.Equal(WrittenModel.Half, node.Output));
            Assert.Equal(last, nodes.Where(node => node.Op == "Conv" && node.Output == WrittenModel.Float).Select(node => node.Name).Order(StringComparer.Ordinal).Reverse());
        }
    }

    [Fact]
    public void A_tensor_is_cast_once_however_many_read_it()
    {
        var graph = new Graph("test");
        var x = graph.Input("x", 1, 4, 4);
        var sum = x.Relu() + x.Softmax();
        graph.Output("y", sum.Linear(new Weights(graph)["a"], 4) + sum.Linear(new Weights(graph)["b"], 4));

        var casts = WrittenModel.Of(graph, WeightPrecision.Float16Compute).Nodes.Where(node => node.Op == "Cast").Select(node => node.Name);

        Assert.Equal(["x/Cast", "a/MatMul/Cast", "a.bias/Cast", "b/MatMul/Cast", "b.bias/Cast"], casts); // y and the two sums that it is made of are float32
    }

    [Fact]
    public void Refuses_merged_weights_that_float16_does_not_hold()
    {
        var graph = new Graph("test", GraphForm.Portable);
        var w = new Weights(graph);
        graph.Output("y", graph.Input("x", 1, 8, 2, 2).UpsampleThenMix(w["up"], w["mix"], 8));

        var error = Assert.Throws<InvalidDataException>(() => WrittenModel.Of(graph, WeightPrecision.Float16Compute, (_, values) => values.Fill(300)));

        Assert.Contains("Tensor 'up.weight+mix.weight' holds 720000; float16 holds at most 65504", error.Message);
    }

    private static void AssertClose(Dictionary<string, float[]> got, double ofMedian, double degrees)
    {
        Goldens.Tensor("micro/a_200x150", "canonical_inverse_depth").AssertClose(got["canonical_inverse_depth"], ofMedian * Median);
        Assert.Equal(Goldens.Json("micro", "a_200x150", "index.json").GetProperty("fov_deg").GetDouble(), got["field_of_view_degrees"][0], degrees);
    }

    // The same in float32, with everything rounded that half arithmetic has in float16: what a GPU computes, whatever kernels a CPU has.
    private static Graph Rounded(Graph graph)
    {
        var halves = new HalfArithmetic(graph);
        foreach (var node in graph.Nodes.Where(node => halves.IsHalf(node) && node.Op != "Split").ToList()) // which only copies
        {
            IReadOnlyList<Value?> Inputs() => [.. node.Inputs.Select(input => input is null || !halves.ReadsHalf(node, input) ? input : Round(input))];
            graph.Replace(node, () => Round(graph.Emit(node.Op, node.Output.Shape, Inputs(), node.Attributes)));
        }
        return graph;
    }

    // To 11 bits by Veltkamp's splitting (Dekker 1971), and below 2^-14 to multiples of 2^-24, as float16 has there.
    private static Value Round(Value x)
    {
        const float Splitter = (1 << 13) + 1, Smallest = 1f / (1 << 14), Shift = 0.75f; // the last bit of 0.75 in float32 is 2^-24
        Value Minus(Value a, Value b) => x.Graph.Emit("Sub", x.Shape, [a, b]);
        var scaled = x * Splitter;
        var upper = Minus(scaled, Minus(scaled, x));
        var small = upper.Clamp(-Smallest, Smallest);
        return Minus(upper, small) + Minus(small + x.Graph.Constant(Shift), x.Graph.Constant(Shift));
    }

    private static Graph Whole(string form) => DepthProNetwork.Whole(MicroNetwork.Config, Forms.Named(form));

    private static void Read(string name, Span<float> values)
    {
        using var checkpoint = Checkpoint.Open(Goldens.PathOf("micro", "model.safetensors"));
        checkpoint.Read(name, values);
    }
}
