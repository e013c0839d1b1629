using Microsoft.ML.Data;

namespace DepthPro.Imaging;

/// <summary>Between <see cref="MLImage"/>'s four bytes a pixel and a photo's three.</summary>
internal static class PixelConversion
{
    /// <summary>Oriented RGB of pixels whose colours are multiplied by their alpha, as MLImage's decoder leaves them.</summary>
    /// <remarks>The colour is divided by alpha again, to within 127.5 / alpha of what it was. Where alpha is 0 it stays as it stands
    /// (0 when premultiplied), so that data without alpha in its fourth byte keeps its colours.</remarks>
    public static byte[] ToRgb(ReadOnlySpan<byte> pixels, MLPixelFormat format, Orientation orientation)
    {
        var (red, blue) = RedAndBlue(format);
        var rgb = GC.AllocateUninitializedArray<byte>(checked(orientation.Width * orientation.Height * 3));
        var target = 0;
        for (var y = 0; y < orientation.Height; y++)
        {
            var source = orientation.First + y * orientation.StepY;
            for (var x = 0; x < orientation.Width; x++, source += orientation.StepX, target += 3)
            {
                var pixel = pixels.Slice(source * 4, 4);
                var alpha = pixel[3];
                var opaque = alpha is 0 or 255;
                rgb[target] = opaque ? pixel[red] : Divide(pixel[red], alpha);
                rgb[target + 1] = opaque ? pixel[1] : Divide(pixel[1], alpha);
                rgb[target + 2] = opaque ? pixel[blue] : Divide(pixel[blue], alpha);
            }
        }
        return rgb;
    }

    /// <summary>Opaque BGRA, the order that MLImage decodes to.</summary>
    public static byte[] ToBgra(ReadOnlySpan<byte> rgb)
    {
        var bgra = GC.AllocateUninitializedArray<byte>(checked(rgb.Length / 3 * 4));
        for (int source = 0, target = 0; target < bgra.Length; source += 3, target += 4)
        {
            (bgra[target], bgra[target + 1], bgra[target + 2], bgra[target + 3]) = (rgb[source + 2], rgb[source + 1], rgb[source], 255);
        }
        return bgra;
    }

    private static byte Divide(int colour, int alpha) => (byte)Math.Min((colour * 255 + alpha / 2) / alpha, 255);

    private static (int Red, int Blue) RedAndBlue(MLPixelFormat format) => format switch
    {
        MLPixelFormat.Bgra32 => (2, 0),
        MLPixelFormat.Rgba32 => (0, 2),
        _ => throw new NotSupportedException($"Image has pixel format {format}; expected {MLPixelFormat.Bgra32} or {MLPixelFormat.Rgba32}."),
    };
}
