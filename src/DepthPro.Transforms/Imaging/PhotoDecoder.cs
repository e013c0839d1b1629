using Microsoft.ML.Data;

namespace DepthPro.Imaging;

/// <summary>Decodes an encoded photo through <see cref="MLImage"/>, and says what it found when that fails.</summary>
internal static class PhotoDecoder
{
    /// <param name="encoded">The photo's file.</param>
    /// <param name="subject">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">The bytes are empty or not an image.</exception>
    public static MLImage Decode(byte[] encoded, string subject)
    {
        if (encoded.Length == 0)
        {
            throw new InvalidDataException($"{subject} is empty (0 bytes); expected an encoded image such as JPEG or PNG.");
        }
        try
        {
            using var stream = new MemoryStream(encoded, writable: false);
            return MLImage.CreateFromStream(stream);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            var start = encoded.AsSpan(0, Math.Min(encoded.Length, 8));
            throw new InvalidDataException(
                $"{subject} cannot be decoded: found {encoded.Length} bytes that start with {Convert.ToHexString(start)} ({Describe(start)}); "
                + "expected a whole image that ML.NET decodes, such as JPEG, PNG, WebP, BMP or GIF. Check the file, or convert it to one of these.", e);
        }
    }

    private static string Describe(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "a JPEG, damaged or cut off",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "a PNG, damaged or cut off",
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "a TIFF or raw photo",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "a HEIF, AVIF or video container",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF",
        [(byte)'<', ..] => "text, XML or HTML",
        _ => "no known image format",
    };
}
