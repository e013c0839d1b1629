namespace DepthPro.Network.Onnx;

/// <summary>How weights are stored. The arithmetic is float32 either way.</summary>
public enum WeightPrecision
{
    /// <summary>As float32.</summary>
    Float32,

    /// <summary>As float16, rounded to nearest even and cast to float32 in the graph: half the disk.</summary>
    Float16,
}
