namespace DepthPro.Network.Onnx;

/// <summary>How weights are stored. The arithmetic is float32 but for what <see cref="Int8"/> and <see cref="Float16Compute"/> say.</summary>
public enum WeightPrecision
{
    /// <summary>As float32.</summary>
    Float32,

    /// <summary>As float16, rounded to nearest even and cast to float32 in the graph: half the disk.</summary>
    Float16,

    /// <summary>The vision transformers' linear layers and the decoder's convolutions but its last and the head's as integers of 7 bits in bytes, one scale for each output, and multiplied as such, with activations rounded to 8 bits by their range when
    /// they come; the rest as float32. Depth so depends, slightly, on how many patches are encoded at a time. For ONNX Runtime on the CPU; not for training on.</summary>
    Int8,

    /// <summary>As float16, rounded to nearest even, and computed with in float16, for GPUs: half the memory, and products by tensor cores. Inputs and outputs, the sum that runs through a vision
    /// transformer's blocks with its norms, and each output from its last layer on stay float32. What is larger than 65504 within a block or in the decoder would become infinite. On the CPU it is
    /// slower than float32, for ONNX Runtime casts there and back.</summary>
    Float16Compute,

    /// <summary>The vision transformers' linear layers as 4-bit integers, in blocks of 32 inputs with a float32 scale each, an eighth of their size and a scale more; activations and arithmetic stay
    /// float32, as does the rest. For ONNX Runtime; not for training on.</summary>
    Int4WeightOnly,

    /// <summary>As <see cref="Int4WeightOnly"/>, with 8-bit integers: a quarter of the size and a scale more.</summary>
    Int8WeightOnly,
}
