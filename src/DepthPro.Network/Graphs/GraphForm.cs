namespace DepthPro.Network.Graphs;

/// <summary>Which operators a graph is built of, where there is a choice; what it computes is the same but for rounding. Immutable, thread-safe.</summary>
public sealed record GraphForm
{
    /// <summary>Layer by layer as in the reference, in standard ONNX operators: for training, which knows their gradients.</summary>
    public static GraphForm Plain { get; } = new();

    /// <summary>Standard ONNX operators alone, for every runtime.</summary>
    public static GraphForm Portable { get; } = new() { MergedLayers = true, LargestMapBytes = 128 << 20 };

    /// <summary>For ONNX Runtime.</summary>
    public static GraphForm OnnxRuntime { get; } = Portable with { FusedNorms = true, LargestMapBytes = 256 << 20, PairedRowsBytes = 8 << 20 }; // of the smallest maps that were timed, 9 MB, a residual unit took 0.81 of the time

    /// <summary>For ONNX Runtime on the CPU, in 8-bit integers.</summary>
    public static GraphForm Int8 { get; } = OnnxRuntime with { QuantizedLayers = true, LargestMapBytes = 128 << 20, PairedRowsBytes = long.MaxValue };

    /// <summary>For ONNX Runtime on GPUs, in float16.</summary>
    public static GraphForm Float16Compute { get; } = OnnxRuntime with { FusedAttention = true, LargestMapBytes = long.MaxValue, PairedRowsBytes = long.MaxValue };

    /// <summary>For ONNX Runtime, with the weights of linear layers in blocks of 4-bit integers.</summary>
    public static GraphForm Int4WeightOnly { get; } = OnnxRuntime with { WeightOnlyBits = 4 };

    /// <summary>For ONNX Runtime, with the weights of linear layers in blocks of 8-bit integers.</summary>
    public static GraphForm Int8WeightOnly { get; } = OnnxRuntime with { WeightOnlyBits = 8 };

    // Inputs that share a scale. Of shorter blocks less is lost, and more scales are stored: with 32 they are a fifth of what 4-bit weights take.
    internal const int WeightBlock = 32;

    /// <summary>Layers with nothing but sums between them as one layer, whose weights are computed when the model is written.</summary>
    public bool MergedLayers { get; init; }

    /// <summary>Maps of the decoder's last fusion and the head that were larger are computed in strips of rows; in integers each strip rounds by its own ranges.</summary>
    public long LargestMapBytes { get; init; } = long.MaxValue;

    /// <summary>The decoder's residual convolutions of maps at least so large are computed for two rows at a time, with two thirds of the products; and maps at least so large are upsampled by more than 2 with their channels last, which ONNX Runtime's convolutions take up as they are.</summary>
    public long PairedRowsBytes { get; init; } = long.MaxValue;

    /// <summary>Whether a map (N, C, H, W) takes at least <see cref="PairedRowsBytes"/>.</summary>
    internal bool IsLarge(Shape map) => sizeof(float) * map.Count >= PairedRowsBytes;

    /// <summary>A sum and the norm of it as one operator of ONNX Runtime's, SkipLayerNormalization.</summary>
    public bool FusedNorms { get; init; }

    /// <summary>Attention as one operator of ONNX Runtime's, MultiHeadAttention, which keeps no scores of all tokens with all; slower on the CPU.</summary>
    public bool FusedAttention { get; init; }

    /// <summary>The vision transformers' linear layers (DynamicQuantizeMatMul, ONNX Runtime's) and the decoder's 3x3 convolutions (QLinearConv) as products of 8-bit integers: weights rounded once,
    /// per output, and each activation tensor by its range when it comes; all patches of a run are one tensor.</summary>
    public bool QuantizedLayers { get; init; }

    /// <summary>Bits, 4 or 8, of the integers that the vision transformers' linear layers have as weights, in blocks of 32 inputs with a scale for each, multiplied in float32 with activations that are not rounded
    /// (MatMulNBits, ONNX Runtime's); 0 for weights as they are.</summary>
    public int WeightOnlyBits { get; init; }
}
