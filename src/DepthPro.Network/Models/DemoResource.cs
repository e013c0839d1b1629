using DepthPro.Network.Checkpoints;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Network.Onnx;

namespace DepthPro.Network;

/// <summary>The demo model's checkpoint, embedded in the assembly. Thread-safe.</summary>
internal static class DemoResource
{
    private const string Name = "DepthPro.demo.safetensors";

    /// <summary>The checkpoint's bytes.</summary>
    public static Stream Open() => typeof(DemoResource).Assembly.GetManifestResourceStream(Name) ?? throw new InvalidOperationException($"The assembly holds no resource '{Name}'.");

    /// <summary>Its weights; the caller disposes them.</summary>
    public static Checkpoint OpenCheckpoint() => Checkpoint.Open(Open(), "the embedded demo model");

    /// <summary>A part of its network as an ONNX model.</summary>
    /// <param name="part">Which (<see cref="ModelParts"/>).</param>
    /// <param name="form">What it is built of.</param>
    public static byte[] PartBytes(string part, GraphForm form)
    {
        using var checkpoint = OpenCheckpoint();
        var config = ModelConverter.ConfigOf(checkpoint) ?? throw new InvalidDataException($"{checkpoint.Name} has no metadata '{ModelConverter.ConfigMetadata}'.");
        using var model = new MemoryStream();
        OnnxWriter.Write(DepthProNetwork.Parts(config, form).Single(graph => graph.Name == part), model, checkpoint.Read);
        return model.ToArray();
    }
}
