namespace Microsoft.ML.Transforms.Image;

/// <summary>Four bytes a pixel, rows packed, colours multiplied by alpha as Skia's decoding leaves them.</summary>
internal sealed record Bitmap(int Width, int Height, bool IsOpaque, byte[] Pixels)
{
    /// <summary>Decodes JPEG, PNG, GIF and WebP to BGRA; null for anything else.</summary>
    /// <remarks>As Skia: nothing is rotated or colour-managed, 16 bits are cut to 8, palettes and grey become colours.</remarks>
    public static Bitmap DecodeOrNull(byte[] encoded)
    {
        if (!IsKnown(encoded) || Vips.DecodeOrNull(encoded) is not { Bands: >= 1 and <= 4 } raw) { return null; }
        var hasAlpha = !raw.IsCmyk && raw.Bands is 2 or 4;
        var pixels = new byte[checked(4 * raw.Width * raw.Height)];
        for (var i = 0; i < raw.Width * raw.Height; i++)
        {
            var from = raw.Samples.AsSpan(i * raw.Bands, raw.Bands);
            var (red, green, blue) = raw.Bands < 3 ? (from[0], from[0], from[0]) : (from[0], from[1], from[2]);
            if (raw.IsCmyk) { (red, green, blue) = (Multiply(255 - red, 255 - from[3]), Multiply(255 - green, 255 - from[3]), Multiply(255 - blue, 255 - from[3])); }
            var alpha = hasAlpha ? from[^1] : (byte)255;
            var to = pixels.AsSpan(4 * i, 4);
            (to[0], to[1], to[2], to[3]) = (Multiply(blue, alpha), Multiply(green, alpha), Multiply(red, alpha), alpha);
        }
        return new(raw.Width, raw.Height, !hasAlpha, pixels);
    }

    /// <summary>Encodes in the format of a libvips suffix; JPEG leaves alpha out and the colours multiplied by it, as Skia does.</summary>
    public byte[] Encode(string suffix, bool isRgba)
    {
        var isJpeg = suffix.StartsWith(".jpg", StringComparison.Ordinal);
        var bands = isJpeg || IsOpaque ? 3 : 4;
        var samples = new byte[checked(Width * Height * bands)];
        for (var i = 0; i < Width * Height; i++)
        {
            var from = Pixels.AsSpan(4 * i, 4);
            var alpha = from[3];
            for (var band = 0; band < bands; band++)
            {
                var value = band == 3 ? alpha : from[isRgba ? band : 2 - band];
                samples[(i * bands) + band] = isJpeg || band == 3 ? value
                    : alpha == 0 ? (byte)0 : (byte)Math.Min(255, ((2 * 255 * value) + alpha) / (2 * alpha));
            }
        }
        return Vips.Encode(new(Width, Height, bands, IsCmyk: false, samples), suffix);
    }

    private static byte Multiply(int value, int factor) => (byte)(((2 * value * factor) + 255) / (2 * 255));

    // libvips reads more kinds (TIFF, SVG, ...) than Skia: only those that both read are let through.
    private static bool IsKnown(ReadOnlySpan<byte> data) => data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || data.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47])
        || data.StartsWith("GIF8"u8)
        || (data.Length > 12 && data.StartsWith("RIFF"u8) && data[8..].StartsWith("WEBP"u8));
}
