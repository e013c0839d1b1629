using DepthPro.Network.Graphs;
using DepthPro.Network.Onnx;

namespace DepthPro.Scoring.Devices;

/// <summary>A model of one operation, to see whether a device opens any. Thread-safe.</summary>
internal static class SmallestModel
{
    private static readonly Lazy<byte[]> Written = new(Write);

    /// <summary>The ONNX model.</summary>
    public static byte[] Bytes => Written.Value;

    private static byte[] Write()
    {
        var graph = new Graph("probe");
        graph.Output("y", graph.Input("x", 1, 1, 8, 8).Relu());
        using var model = new MemoryStream();
        OnnxWriter.WriteWithoutWeights(graph, model);
        return model.ToArray();
    }
}
