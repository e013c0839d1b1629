using DepthPro.Training.Scenes;

namespace DepthPro.Training;

/// <summary>How photos are changed at random before they are learnt from. The defaults are the paper's (table 16); what it leaves open is marked. Immutable, thread-safe.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Photos as they are.</summary>
    public static AugmentationOptions None { get; } = new() { ColorShare = 0, BlurShare = 0, CropShare = 0, MirrorShare = 0 };

    /// <summary>Share of the photos whose colours change.</summary>
    public double ColorShare { get; init; } = 0.75;

    /// <summary>How much: largest change of contrast, of brightness and, half as much, of each channel's strength, as a part of the whole. Not in the paper.</summary>
    public double ColorStrength { get; init; } = 0.3;

    /// <summary>Share of the photos that are blurred, by 1-2-1 in both directions. The paper does not say how much.</summary>
    public double BlurShare { get; init; } = 0.3;

    /// <summary>Share of the photos that are cropped to their centre, which narrows the field of view.</summary>
    public double CropShare { get; init; } = 0.5;

    /// <summary>How much of width and height a crop keeps. Not in the paper.</summary>
    public Interval CropKeeps { get; init; } = new(0.6, 1);

    /// <summary>Share of the photos that are mirrored, left to right. The paper does not mention it.</summary>
    public double MirrorShare { get; init; } = 0.5;
}
