namespace DepthPro.Network.Onnx;

/// <summary>How weights are stored. The arithmetic is float32 but for what <see cref="Int8"/> says.</summary>
public enum WeightPrecision
{
    /// <summary>As float32.</summary>
    Float32,

    /// <summary>As float16, rounded to nearest even and cast to float32 in the graph: half the disk.</summary>
    Float16,

    /// <summary>The vision transformers' linear layers as 8-bit integers, one scale for each output, and multiplied as such, with activations rounded by their range when they come;
    /// the rest as float32. For ONNX Runtime on the CPU; not for training on.</summary>
    Int8,
}
