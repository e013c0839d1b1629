namespace DepthPro;

/// <summary>What a file that was written does not say of the depth map.</summary>
/// <param name="SaturatedPixels">Pixels that are farther than a 16-bit PNG can say, 65.535 m in millimetres, infinitely far ones among them; they stand
/// there as its largest value. 0 in other formats.</param>
public readonly record struct WrittenDepth(int SaturatedPixels);
