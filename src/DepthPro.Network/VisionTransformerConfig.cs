namespace DepthPro.Network;

/// <summary>Sizes of a vision transformer. The defaults are Depth Pro's: DINOv2 ViT-L/16 at 384 pixels. Immutable, thread-safe.</summary>
/// <remarks>Source: ml-depth-pro, <c>network/vit_factory.py</c>, preset <c>dinov2l16_384</c>.</remarks>
public sealed record VisionTransformerConfig
{
    /// <summary>Side of the square input image, pixels.</summary>
    public int ImageSize { get; init; } = 384;

    /// <summary>Side of the square patch that becomes one token, pixels.</summary>
    public int PatchSize { get; init; } = 16;

    /// <summary>Length of a token.</summary>
    public int Width { get; init; } = 1024;

    /// <summary>Number of blocks.</summary>
    public int Depth { get; init; } = 24;

    /// <summary>Attention heads per block; divides <see cref="Width"/>.</summary>
    public int Heads { get; init; } = 16;

    /// <summary>Hidden width of a block's MLP, as a multiple of <see cref="Width"/>.</summary>
    public int MlpRatio { get; init; } = 4;

    /// <summary>Tokens along one side of the image.</summary>
    public int Grid => ImageSize / PatchSize;

    /// <summary>Tokens of one image: the class token and <see cref="Grid"/> squared.</summary>
    public int Tokens => 1 + Grid * Grid;
}
