namespace DepthPro.Network;

/// <summary>The sizes that define a Depth Pro network; everything else is derived. The defaults are the published network's. Immutable, thread-safe.</summary>
/// <remarks>Two configs are equal only if they share their lists. Source: ml-depth-pro, <c>depth_pro.py</c>, <c>DEFAULT_MONODEPTH_CONFIG_DICT</c>; paper (arXiv:2410.02073), section 3.1.</remarks>
public sealed record NetworkConfig
{
    // Far above any network of this kind, and small enough that no size derived from them overflows.
    private const int LargestImage = 1 << 12, MostBlocks = 1 << 10, MostChannels = 1 << 14;

    /// <summary>The patch encoder, and the image and field-of-view encoders where these do not override it.</summary>
    public VisionTransformerConfig Vit { get; init; } = new();

    /// <summary>The two patch encoder blocks whose tokens keep fine detail: latent0 and latent1.</summary>
    public IReadOnlyList<int> HookBlocks { get; init; } = [5, 11];

    /// <summary>Channels of the encodings latent1, x0, x1 and x2 (which the image encoder's map joins).</summary>
    public IReadOnlyList<int> EncoderDims { get; init; } = [256, 512, 1024, 1024];

    /// <summary>Channels of every decoder map.</summary>
    public int DecoderWidth { get; init; } = 256;

    /// <summary>Channels of the head's last two convolutions.</summary>
    public IReadOnlyList<int> HeadWidths { get; init; } = [32, 1];

    /// <summary>Whether the network estimates the field of view; without it a focal length must be given.</summary>
    public bool FieldOfView { get; init; } = true;

    /// <summary>Number of 2x steps from the finest latent map to the decoder: 3, or 2 for a small network.</summary>
    public int Upsampling { get; init; } = 3;

    /// <summary>What the image encoder does differently from <see cref="Vit"/>.</summary>
    public VisionTransformerOverrides? ImageEncoder { get; init; }

    /// <summary>What the field-of-view encoder does differently from <see cref="Vit"/>.</summary>
    public VisionTransformerOverrides? FieldOfViewEncoder { get; init; }

    /// <summary>Whether patches overlap, as the paper's do. Without, for ablations only: 4x4, 2x2 and 1.</summary>
    internal bool PatchesOverlap { get; init; } = true;

    /// <summary>Whether the decoder gets what the image encoder sees. Without, for ablations only: zeros.</summary>
    internal bool UsesImageEncoder { get; init; } = true;

    /// <summary>The image encoder's sizes.</summary>
    public VisionTransformerConfig ImageVit => ImageEncoder?.ApplyTo(Vit) ?? Vit;

    /// <summary>The field-of-view encoder's sizes.</summary>
    public VisionTransformerConfig FieldOfViewVit => FieldOfViewEncoder?.ApplyTo(Vit) ?? Vit;

    /// <summary>S, the side of the network input (1, 3, S, S): four ViT images.</summary>
    public int InputSize => 4 * Vit.ImageSize;

    /// <summary>O, the side of the canonical inverse depth (O, O).</summary>
    public int OutputSize => 8 * Vit.Grid << Upsampling;

    /// <summary>The pyramid's levels, finest first: 5x5 patches at scale 1 (overlap 1/4), 3x3 at 1/2 (overlap 1/2), 1 at 1/4.</summary>
    public IReadOnlyList<PatchLevel> PatchLevels => PatchesOverlap ? OverlappingLevels : SideBySideLevels;

    private PatchLevel[] OverlappingLevels =>
    [
        new(Downscale: 1, Size: InputSize, Steps: 5, Stride: Vit.ImageSize * 3 / 4, Seam: Vit.Grid / 8, First: 0),
        new(Downscale: 2, Size: InputSize / 2, Steps: 3, Stride: Vit.ImageSize / 2, Seam: Vit.Grid / 4, First: 25),
        new(Downscale: 4, Size: InputSize / 4, Steps: 1, Stride: Vit.ImageSize, Seam: 0, First: 34),
    ];

    private PatchLevel[] SideBySideLevels =>
    [
        new(Downscale: 1, Size: InputSize, Steps: 4, Stride: Vit.ImageSize, Seam: 0, First: 0),
        new(Downscale: 2, Size: InputSize / 2, Steps: 2, Stride: Vit.ImageSize, Seam: 0, First: 16),
        new(Downscale: 4, Size: InputSize / 4, Steps: 1, Stride: Vit.ImageSize, Seam: 0, First: 20),
    ];

    /// <summary>Number of patches of all levels.</summary>
    public int PatchCount => PatchLevels.Sum(level => level.Count);

    /// <summary>Throws unless the sizes fit together.</summary>
    /// <exception cref="ArgumentException">A size is out of range or does not divide another; the message names the member, what was found and what is expected.</exception>
    public NetworkConfig Validated()
    {
        Require(Vit.PatchSize > 0 && Vit.ImageSize is > 0 and <= LargestImage && Vit.ImageSize % Vit.PatchSize == 0, "vit.imageSize", Vit.ImageSize, $"a positive multiple of vit.patchSize ({Vit.PatchSize}), at most {LargestImage}");
        Require(Vit.Grid % 8 == 0, "vit.imageSize / vit.patchSize", Vit.Grid, "a multiple of 8, so that seams fall between tokens");
        Require(Vit.ImageSize % 4 == 0, "vit.imageSize", Vit.ImageSize, "a multiple of 4, so that patches fall between pixels");
        foreach (var (name, vit) in new[] { ("vit", Vit), ("imageEncoder", ImageVit), ("fieldOfViewEncoder", FieldOfViewVit) })
        {
            Require(vit.Depth is > 0 and <= MostBlocks, $"{name}.depth", vit.Depth, $"1 to {MostBlocks}");
            Require(vit.Width is > 0 and <= MostChannels, $"{name}.width", vit.Width, $"1 to {MostChannels}");
            Require(vit.Heads > 0 && vit.Width % vit.Heads == 0, $"{name}.heads", vit.Heads, $"a divisor of vit.width ({vit.Width})");
            Require(vit.MlpRatio is > 0 and <= MostBlocks, $"{name}.mlpRatio", vit.MlpRatio, $"1 to {MostBlocks}");
        }
        Require((long)PatchCount * Vit.Tokens * Vit.Width <= Array.MaxLength, "vit.width", Vit.Width, $"less with {Vit.Tokens} tokens, so that the tokens of {PatchCount} patches fit an array");
        Require(HookBlocks.Count == 2 && HookBlocks.All(b => b >= 0 && b < Vit.Depth) && HookBlocks[0] < HookBlocks[1], "hookBlocks", $"[{string.Join(", ", HookBlocks)}]", $"two ascending block numbers below vit.depth ({Vit.Depth})");
        Require(EncoderDims.Count == 4 && EncoderDims.All(IsChannels), "encoderDims", $"[{string.Join(", ", EncoderDims)}]", $"four channel counts, 1 to {MostChannels}");
        Require(IsChannels(DecoderWidth) && DecoderWidth % 8 == 0, "decoderWidth", DecoderWidth, $"a positive multiple of 8, which the field-of-view head divides by, at most {MostChannels}");
        Require(HeadWidths.Count == 2 && IsChannels(HeadWidths[0]) && HeadWidths[1] == 1, "headWidths", $"[{string.Join(", ", HeadWidths)}]", "two channel counts, the second 1");
        Require(Upsampling is 2 or 3, "upsampling", Upsampling, "2 or 3");
        return this;
    }

    private static bool IsChannels(int count) => count is > 0 and <= MostChannels;

    private static void Require(bool condition, string member, object found, string expected)
    {
        if (!condition) { throw new ArgumentException($"Network config: {member} is {found}; expected {expected}."); }
    }
}
