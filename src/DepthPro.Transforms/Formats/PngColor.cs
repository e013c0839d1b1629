namespace DepthPro.Formats;

/// <summary>What the samples of a PNG file mean; by the numbers of its header.</summary>
internal enum PngColor : byte
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}
