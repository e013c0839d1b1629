using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Data;

public enum MLPixelFormat
{
    Unknown = 0,
    Bgra32 = 1,
    Rgba32 = 2,
}

/// <summary>A decoded image of four bytes a pixel, colours multiplied by alpha. Not thread-safe.</summary>
public sealed class MLImage : IDisposable
{
    private readonly Bitmap _bitmap;
    private readonly MLPixelFormat _format;
    private bool _disposed;

    private MLImage(Bitmap bitmap, MLPixelFormat format) => (_bitmap, _format) = (bitmap, format);

    public MLPixelFormat PixelFormat => Alive(_format);
    public int Width => Alive(_bitmap).Width;
    public int Height => Alive(_bitmap).Height;
    public int BitsPerPixel => Alive(32);
    public ReadOnlySpan<byte> Pixels => Alive(_bitmap).Pixels;

    public string Tag
    {
        get => Alive(field);
        set => field = Alive(value);
    }

    public static MLImage CreateFromFile(string imagePath)
    {
        ArgumentNullException.ThrowIfNull(imagePath);
        return FromBytes(File.Exists(imagePath) ? File.ReadAllBytes(imagePath) : [])
            ?? throw new ArgumentException("Invalid path", nameof(imagePath));
    }

    public static MLImage CreateFromStream(Stream imageStream)
    {
        ArgumentNullException.ThrowIfNull(imageStream);
        using var bytes = new MemoryStream();
        imageStream.CopyTo(bytes);
        return FromBytes(bytes.ToArray()) ?? throw new ArgumentException("Invalid input stream contents", nameof(imageStream));
    }

    public static MLImage CreateFromPixels(int width, int height, MLPixelFormat pixelFormat, ReadOnlySpan<byte> imagePixelData)
    {
        if (pixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32)) { throw new ArgumentException("Unsupported pixel format", nameof(pixelFormat)); }
        if (width <= 0) { throw new ArgumentException("Invalid width value.", nameof(width)); }
        if (height <= 0) { throw new ArgumentException("Invalid height value.", nameof(height)); }
        if (imagePixelData.Length != width * height * 4) { throw new ArgumentException("Invalid imagePixelData buffer size."); }
        return new(new(width, height, IsOpaque: false, imagePixelData.ToArray()), pixelFormat);
    }

    public void Save(string imagePath)
    {
        var bitmap = Alive(_bitmap);
        var extension = Path.GetExtension(imagePath);
        var suffix = extension.ToLowerInvariant() switch
        {
            ".jpg" or ".jpeg" => ".jpg[Q=100,subsample_mode=on,keep=none]", // Skia: 4:2:0 at any quality
            ".png" => ".png",
            ".webp" => ".webp[lossless=true]",
            ".bmp" or ".gif" or ".ico" or ".astc" or ".avif" or ".dng" or ".heif" or ".ktx" or ".pkm" or ".wbmp" => throw new ArgumentException(
                $"Saving image with the format '{extension}' is not supported. Try save it with `Jpeg`, `Png`, or `Webp` format.", nameof(imagePath)),
            _ => throw new ArgumentException("Path has invalid image file extension.", nameof(imagePath)),
        };
        File.WriteAllBytes(imagePath, bitmap.Encode(suffix, isRgba: _format == MLPixelFormat.Rgba32));
    }

    public void Dispose() => _disposed = true;

    private static MLImage FromBytes(byte[] encoded) => Bitmap.DecodeOrNull(encoded) is { } bitmap ? new(bitmap, MLPixelFormat.Bgra32) : null;

    private T Alive<T>(T value) => _disposed ? throw new InvalidOperationException("Object is disposed.") : value;
}
