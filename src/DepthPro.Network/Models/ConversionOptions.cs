using DepthPro.Network.Onnx;

namespace DepthPro.Network;

/// <summary>How a checkpoint becomes a model. Immutable, thread-safe.</summary>
public sealed record ConversionOptions
{
    /// <summary>The network's sizes; null takes those in the checkpoint's metadata, else the published network's.</summary>
    public NetworkConfig? Config { get; init; }

    /// <summary>How the weights are stored.</summary>
    public WeightPrecision Precision { get; init; }

    /// <summary>Write the whole network as one graph for other runtimes, instead of the parts of a model folder.</summary>
    public bool SingleFile { get; init; }

    /// <summary>Keep to standard ONNX operators, for devices that lack ONNX Runtime's own (TensorRT, CoreML); slower on the CPU. A single file does in any case; int8, int4-weight-only and int8-weight-only cannot.</summary>
    public bool Portable { get; init; }

    /// <summary>Whose terms hold for the weights; null takes what the checkpoint's metadata says, else states that the weights keep the terms they came with.</summary>
    public string? Licence { get; init; }
}
