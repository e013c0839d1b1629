namespace DepthPro.Network.Graphs;

/// <summary>Which operators a graph is built of, where there is a choice; what it computes is the same but for rounding. Immutable, thread-safe.</summary>
public sealed record GraphForm
{
    /// <summary>Standard ONNX operators alone: for every runtime, and for training, which knows their gradients.</summary>
    public static GraphForm Portable { get; } = new();

    /// <summary>For ONNX Runtime on the CPU: linear layers in 8-bit integers, attention as one operator.</summary>
    public static GraphForm Int8 { get; } = new() { FusedAttention = true, QuantizedLinears = true };

    /// <summary>Attention as one operator, MultiHeadAttention.</summary>
    public bool FusedAttention { get; init; }

    /// <summary>Linear layers as products of 8-bit integers, DynamicQuantizeMatMul: weights rounded once, per output, and each activation tensor by its range when it comes; all patches of a run are one tensor.</summary>
    public bool QuantizedLinears { get; init; }
}
