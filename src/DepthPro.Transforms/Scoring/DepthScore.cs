namespace DepthPro.Scoring;

/// <summary>What the network says of one network input. Thread-safe as long as nobody writes to its array.</summary>
/// <param name="InverseDepth">Canonical inverse depth, (O, O) row-major, at least 0.</param>
/// <param name="FieldOfViewDegrees">Horizontal field of view in degrees; NaN when it was not asked for.</param>
public sealed record DepthScore(float[] InverseDepth, float FieldOfViewDegrees)
{
    /// <summary>What the image encoder saw; null of a network in one ONNX file that does not give it.</summary>
    public ImageFeatures? Features { get; init; }
}
