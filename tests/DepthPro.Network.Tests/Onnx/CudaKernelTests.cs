using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Network.Onnx;
using DepthPro.Network.Tests.Graphs;
using DepthPro.Network.Tests.Modules;

namespace DepthPro.Network.Tests.Onnx;

/// <summary>No operation of a written model needs the CPU where ONNX Runtime runs it on CUDA, by its published kernels. int8 is for the CPU, and not held to that.</summary>
public sealed class CudaKernelTests
{
    [Theory]
    [InlineData(nameof(GraphForm.Portable))]
    [InlineData(nameof(GraphForm.OnnxRuntime))]
    [InlineData(Forms.PairedRows)]
    [InlineData(nameof(GraphForm.Float16Compute))]
    public void Every_operation_has_a_kernel(string form)
    {
        foreach (var precision in new[] { WeightPrecision.Float32, WeightPrecision.Float16, WeightPrecision.Float16Compute })
        {
            foreach (var model in Graphs(MicroNetwork.Config, Forms.Named(form)).Select(graph => WrittenModel.Of(graph, precision)))
            {
                Assert.Equal(CudaKernel.Opset, model.Opsets[""]);
                Assert.All(model.Nodes, node => Assert.Null(CudaKernel.WhyNot(node)));
            }
        }
    }

    // The bias is a sum of its own, for CUDA's kernel refuses one. Source: ONNX Runtime, core/optimizer/matmul_nbits_fusion.cc.
    [Fact]
    public void Weights_in_blocks_have_a_kernel()
    {
        foreach (var (form, precision) in new[] { (GraphForm.Int4WeightOnly, WeightPrecision.Int4WeightOnly), (GraphForm.Int8WeightOnly, WeightPrecision.Int8WeightOnly) })
        {
            foreach (var model in Graphs(MicroNetwork.Config, form).Select(graph => WrittenModel.Of(graph, precision)))
            {
                Assert.All(model.Nodes, node => Assert.Null(CudaKernel.WhyNot(node)));
                Assert.All(model.Nodes.Where(node => node.Op == "MatMulNBits"), node => Assert.Equal(3, node.Inputs.Count));
            }
        }
    }

    [Fact]
    public void The_published_network_has_no_other_operators()
    {
        static string[] Operators(NetworkConfig config) => [.. new[] { GraphForm.Portable, GraphForm.OnnxRuntime, GraphForm.Float16Compute }.SelectMany(form => Graphs(config, form)).SelectMany(graph => graph.Nodes).Select(node => node.Op).Distinct().Order(StringComparer.Ordinal)];

        Assert.Equal(Operators(MicroNetwork.Config), Operators(new()));
    }

    [Theory]
    [InlineData("Tan", "Tan 'layer/Tan' has no CUDA kernel in the table")]
    [InlineData("Pad", "Pad 'layer/Pad' is of opset 19, and its CUDA kernel of 18")]
    public void An_operation_without_a_kernel_is_named(string op, string message)
    {
        var graph = new Graph("test");
        var x = graph.Input("x", 2, 3);
        using (graph.Enter("layer")) { graph.Output("y", op == "Pad" ? x.Pad(1, after: 1) : graph.Emit(op, x.Shape, [x])); }

        Assert.StartsWith(message, CudaKernel.WhyNot(Assert.Single(WrittenModel.Of(graph, WeightPrecision.Float32).Nodes)));
    }

    private static IEnumerable<Graph> Graphs(NetworkConfig config, GraphForm form) => DepthProNetwork.Parts(config, form).Append(DepthProNetwork.Whole(config, form));
}
