using System.Buffers.Binary;

namespace DepthPro.Formats;

/// <summary>A mask in a PNG file: its alpha channel, unless that is missing or opaque everywhere; then its grey samples, or colours that are grey.</summary>
internal static class PngMask
{
    private const int Opaque8 = byte.MaxValue;

    /// <summary>The samples as they are stored, with the largest that their bits allow.</summary>
    /// <exception cref="InvalidDataException">It is no PNG file, in colours, or damaged.</exception>
    public static StoredMap Read(Stream stream, string subject)
    {
        var png = PngFile.Read(stream, subject);
        var full = png.Color == PngColor.Palette ? Opaque8 : (1 << png.Bits) - 1;
        if (png.Color is PngColor.GreyAlpha or PngColor.Rgba)
        {
            var alpha = ReadPixels(png, pixel => pixel[^1]);
            if (Array.Exists(alpha, value => value < full)) { return new(png.Width, png.Height, alpha, full); }
        }
        return new(png.Width, png.Height, ReadPixels(png, pixel => Grey(png, pixel)), full);
    }

    private delegate int PixelValue(ReadOnlySpan<int> pixel);

    // -1: it has none.
    private static float[] ReadPixels(PngFile png, PixelValue valueOf)
    {
        var values = new float[png.Width * png.Height];
        png.ReadRows((y, samples) =>
        {
            Span<int> pixel = stackalloc int[png.Channels];
            for (var x = 0; x < png.Width; x++)
            {
                for (var c = 0; c < pixel.Length; c++) { pixel[c] = Sample(samples, x * pixel.Length + c, png.Bits); }
                var value = valueOf(pixel);
                if (value < 0) { throw png.Bad($"is a PNG in colours at column {x}, row {y}; expected a mask: grey, or with transparency. Save it in grey."); }
                values[y * png.Width + x] = value;
            }
        });
        return values;
    }

    private static int Grey(PngFile png, ReadOnlySpan<int> pixel)
    {
        if (png.Color is PngColor.Grey or PngColor.GreyAlpha) { return pixel[0]; }
        if (png.Color != PngColor.Palette) { return pixel[0] == pixel[1] && pixel[1] == pixel[2] ? pixel[0] : -1; }
        return png.Palette.Span[Math.Min(pixel[0] * 3, png.Palette.Length)..] is [var red, var green, var blue, ..] && red == green && green == blue ? red : -1;
    }

    private static int Sample(ReadOnlySpan<byte> samples, int index, int bits) => bits switch
    {
        16 => BinaryPrimitives.ReadUInt16BigEndian(samples[(2 * index)..]),
        8 => samples[index],
        _ => samples[index * bits / 8] >> 8 - bits - index * bits % 8 & (1 << bits) - 1,
    };
}
