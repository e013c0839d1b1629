namespace DepthPro.Network;

/// <summary>What the image encoder or the field-of-view encoder does differently from <see cref="NetworkConfig.Vit"/>; null keeps its value. Immutable, thread-safe.</summary>
/// <remarks>Image size, patch size and width are shared: the encoders see the same thumbnail, and their maps are joined.</remarks>
public sealed record VisionTransformerOverrides
{
    /// <inheritdoc cref="VisionTransformerConfig.Depth"/>
    public int? Depth { get; init; }

    /// <inheritdoc cref="VisionTransformerConfig.Heads"/>
    public int? Heads { get; init; }

    /// <inheritdoc cref="VisionTransformerConfig.MlpRatio"/>
    public int? MlpRatio { get; init; }

    internal VisionTransformerConfig ApplyTo(VisionTransformerConfig vit)
        => vit with { Depth = Depth ?? vit.Depth, Heads = Heads ?? vit.Heads, MlpRatio = MlpRatio ?? vit.MlpRatio };
}
