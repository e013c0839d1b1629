using Microsoft.ML.Data;

namespace DepthPro.Imaging;

/// <summary>Decodes an encoded photo through <see cref="MLImage"/>, and says what it found when that fails.</summary>
internal static class PhotoDecoder
{
    /// <summary>Pixels of the largest photo that is decoded; a square of 16,384. Cameras have up to 200 million.</summary>
    public const int MaxPixels = 1 << 28;

    /// <param name="encoded">The photo's file.</param>
    /// <param name="subject">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">The bytes are empty, cut off, not an image, or an image of more than <see cref="MaxPixels"/>.</exception>
    public static MLImage Decode(byte[] encoded, string subject)
    {
        if (encoded.Length == 0)
        {
            throw new InvalidDataException($"{subject} is empty (0 bytes); expected an encoded image such as JPEG or PNG.");
        }
        if (PhotoFile.Inspect(encoded) is { } file)
        {
            // Decoders fill what is missing with grey and say nothing; Pillow, which ml-depth-pro reads with, refuses it.
            if (!file.IsWhole)
            {
                throw new InvalidDataException($"{subject} is cut off: found {encoded.Length} bytes of a {file.Kind} file without the image's end; expected a whole image. Copy or download the file again.");
            }
            CheckSize(file.Width, file.Height, subject);
        }
        var image = Decode();
        try
        {
            CheckSize(image.Width, image.Height, subject);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }

        MLImage Decode()
        {
            try
            {
                using var stream = new MemoryStream(encoded, writable: false);
                return MLImage.CreateFromStream(stream);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or OverflowException)
            {
                var start = encoded.AsSpan(0, Math.Min(encoded.Length, 8));
                throw new InvalidDataException(
                    $"{subject} cannot be decoded: found {encoded.Length} bytes that start with {Convert.ToHexString(start)} ({Describe(start)}); "
                    + "expected a whole image that ML.NET decodes, such as JPEG, PNG, WebP, BMP or GIF. Check the file, or convert it to one of these.", e);
            }
        }
    }

    private static void CheckSize(int width, int height, string subject)
    {
        if ((long)width * height > MaxPixels)
        {
            throw new InvalidDataException($"{subject} is {width} x {height}, {(long)width * height} pixels; expected at most {MaxPixels}. Make it smaller first.");
        }
    }

    private static string Describe(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "a damaged JPEG",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "a damaged PNG",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "a damaged GIF",
        [(byte)'B', (byte)'M', ..] => "a damaged BMP",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => "a damaged WebP or another RIFF file",
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "a TIFF or raw photo",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "a HEIF, AVIF or video container",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF",
        [(byte)'<', ..] => "text, XML or HTML",
        _ => "no known image format",
    };
}
