using DepthPro.Imaging;

namespace DepthPro.Reports;

/// <summary>Small pictures inside a page.</summary>
internal static class Thumbnail
{
    /// <summary>Longest side, pixels.</summary>
    public const int Side = 240;

    /// <summary>The size that a picture is shrunk to; never larger than it is.</summary>
    public static (int Width, int Height) SizeOf(int width, int height) => AreaAverage.SizeWithin(width, height, Side);

    /// <summary>Shrinks a plane: each target pixel is the mean of the known values that it covers, NaN where it covers none, so that sparse truth stays visible.</summary>
    /// <param name="width">Pixels of the source.</param>
    /// <param name="height">Pixels of the source.</param>
    /// <param name="size">Pixels of the result.</param>
    /// <param name="values">(height, width).</param>
    public static float[] Shrink(int width, int height, (int Width, int Height) size, ReadOnlySpan<float> values)
    {
        var shrunk = new float[size.Width * size.Height];
        for (var i = 0; i < shrunk.Length; i++)
        {
            var (x, y, sum, count) = (i % size.Width, i / size.Width, 0.0, 0);
            for (var row = Start(y, height, size.Height); row < Start(y + 1, height, size.Height); row++)
            {
                for (var column = Start(x, width, size.Width); column < Start(x + 1, width, size.Width); column++)
                {
                    var value = values[row * width + column];
                    if (float.IsFinite(value)) { (sum, count) = (sum + value, count + 1); }
                }
            }
            shrunk[i] = (float)(sum / count);
        }
        return shrunk;
    }

    private static int Start(int target, int source, int targets) => (int)((long)target * source / targets);

    /// <summary>A small copy of a photo.</summary>
    public static Photo Of(Photo photo) => photo.ShrinkToFit(Side);

    /// <summary>A small depth map.</summary>
    public static DepthMap Of(int width, int height, ReadOnlySpan<float> meters)
    {
        var size = SizeOf(width, height);
        return DepthMap.Adopt(size.Width, size.Height, Shrink(width, height, size, meters), float.NaN, FocalLengthSource.Unknown);
    }

    /// <summary>A picture as text that HTML takes for a file.</summary>
    public static string ToDataUri(Photo picture) => $"data:image/jpeg;base64,{Convert.ToBase64String(picture.Encode(".jpg"))}";
}
