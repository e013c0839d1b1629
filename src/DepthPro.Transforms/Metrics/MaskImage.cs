namespace DepthPro.Metrics;

/// <summary>Masks that come as pictures. Pure.</summary>
internal static class MaskImage
{
    /// <summary>Black is 0 and white 1: the mean of red, green and blue, over 255.</summary>
    public static DepthMask ToMask(Photo photo)
    {
        var alpha = new float[photo.Width * photo.Height];
        for (var i = 0; i < alpha.Length; i++) { alpha[i] = (photo.Rgb[3 * i] + photo.Rgb[3 * i + 1] + photo.Rgb[3 * i + 2]) / (3f * byte.MaxValue); }
        return new(photo.Width, photo.Height, alpha);
    }
}
