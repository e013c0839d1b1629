using DepthPro.Network;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Network.Onnx;

namespace DepthPro.Scoring;

/// <summary>The network input cut into patches by ONNX Runtime, for devices; on the CPU <see cref="Patches.DepthPatches"/> does it. Thread-safe.</summary>
internal static class PatchSplit
{
    /// <summary>The tensor read, (1, 3, S, S).</summary>
    public const string Input = "pixel_values";

    /// <summary>The tensor written, (35, 3, P, P).</summary>
    public const string Name = "patches";

    /// <summary>The ONNX model, which has no weights.</summary>
    public static byte[] Model(NetworkConfig config)
    {
        var graph = new Graph(Name);
        graph.Output(Name, PatchPyramid.Split(graph.Input(Input, 1, 3, config.InputSize, config.InputSize), config));
        using var model = new MemoryStream();
        OnnxWriter.WriteWithoutWeights(graph, model);
        return model.ToArray();
    }
}
