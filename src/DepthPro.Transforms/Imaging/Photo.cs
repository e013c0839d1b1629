using DepthPro.Formats;
using DepthPro.Imaging;
using DepthPro.Network.Reports;
using DepthPro.Reports;
using Microsoft.ML.Data;

namespace DepthPro;

/// <summary>A decoded photo: 8-bit RGB with the EXIF orientation applied, and the focal length its EXIF data gives.</summary>
/// <remarks>Immutable, managed, safe to share between threads; nothing to dispose. Formats are what ML.NET's <see cref="MLImage"/> decodes;
/// palettes and grey become RGB, alpha is dropped (translucent colours come back to within 127.5 / alpha, fully transparent ones are
/// black),
/// colour profiles are ignored as ml-depth-pro ignores them. A JPEG, PNG or WebP file that ends before its image does is refused; damage
/// inside the compressed data gives what ML.NET's decoder makes of it.</remarks>
[TypeFormatterSource(typeof(NotebookFormatterSource))]
public sealed class Photo : IHtmlContent
{
    private readonly byte[] _rgb;

    private Photo(string name, int width, int height, byte[] rgb, float? exifFocalLengthPixels, FocalLengthSource exifFocalLengthSource) =>
        (Name, Width, Height, _rgb, ExifFocalLengthPixels, ExifFocalLengthSource) = (name, width, height, rgb, exifFocalLengthPixels, exifFocalLengthSource);

    /// <summary>The file's name without its folder, the name given with bytes or pixels, or the image's tag; never null.</summary>
    public string Name { get; }

    /// <summary>Pixels, after orientation.</summary>
    public int Width { get; }

    /// <summary>Pixels, after orientation.</summary>
    public int Height { get; }

    /// <summary>(Height, Width, 3): red, green, blue of each pixel, row by row.</summary>
    public ReadOnlySpan<byte> Rgb => _rgb;

    /// <summary>Focal length from EXIF, pixels of this photo; null when EXIF is absent, silent or implausible (outside 0.02 to 200
    /// diagonals).</summary>
    /// <remarks>The first of FocalLengthIn35mmFilm (by the ratio of the diagonals, as ml-depth-pro's <c>utils.py</c>, <c>load_rgb</c>) and
    /// FocalLength
    /// with FocalPlaneXResolution (which ml-depth-pro does not know).</remarks>
    public float? ExifFocalLengthPixels { get; }

    /// <summary>Which EXIF data <see cref="ExifFocalLengthPixels"/> comes from; <see cref="FocalLengthSource.Unknown"/> when it is
    /// null.</summary>
    public FocalLengthSource ExifFocalLengthSource { get; }

    /// <summary>Reads and decodes a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, cut off, not an image that ML.NET decodes, or one of more than 2^28 pixels; the
    /// message tells which and what it starts with.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Photo FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var fullPath = Path.GetFullPath(path);
        if (!File.Exists(fullPath))
        {
            var found = Directory.Exists(fullPath) ? "it is a folder" : "there is no such file";
            throw new FileNotFoundException($"Photo '{path}' cannot be read: {found}; expected an image file at '{fullPath}'.", fullPath);
        }
        return Decode(File.ReadAllBytes(fullPath), Path.GetFileName(fullPath), $"Photo '{fullPath}'");
    }

    /// <summary>Decodes an encoded image.</summary>
    /// <param name="encoded">The bytes of a JPEG, PNG, … file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">The bytes are empty, cut off, not an image that ML.NET decodes, or one of more than 2^28 pixels.</exception>
    public static Photo FromBytes(ReadOnlySpan<byte> encoded, string? name = null) =>
        Decode(encoded.ToArray(), name ?? "", name is null ? "Photo from memory" : $"Photo '{name}' from memory");

    /// <summary>Copies pixels; there is no EXIF data.</summary>
    /// <param name="width">Pixels; positive.</param>
    /// <param name="height">Pixels; positive.</param>
    /// <param name="rgb">(height, width, 3), 8 bit.</param>
    /// <param name="name">What to call it.</param>
    /// <exception cref="ArgumentException">A size is not positive or does not fit <paramref name="rgb"/>.</exception>
    public static Photo FromPixels(int width, int height, ReadOnlySpan<byte> rgb, string? name = null) => Adopt(width, height, rgb.ToArray(), name);

    /// <summary>Copies an image's pixels as they are (alpha is taken out of the colours and dropped); there is no EXIF data. The image
    /// stays the caller's.</summary>
    /// <param name="image">Read only; its tag becomes the name unless <paramref name="name"/> is given.</param>
    /// <param name="name">What to call it.</param>
    /// <exception cref="InvalidOperationException">The image is disposed.</exception>
    /// <exception cref="NotSupportedException">The image's pixels are neither BGRA nor RGBA.</exception>
    public static Photo FromImage(MLImage image, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        return FromImage(image, name ?? image.Tag ?? "", PhotoExif.None);
    }

    /// <summary>A new image of the same pixels, opaque BGRA, tagged with <see cref="Name"/>; the caller disposes it.</summary>
    public MLImage ToImage()
    {
        var image = MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Bgra32, PixelConversion.ToBgra(_rgb));
        image.Tag = Name;
        return image;
    }

    /// <summary>The photo, scaled down so that its longer side has at most <paramref name="longerSide"/> pixels, with its aspect ratio kept to the pixel and its
    /// EXIF focal length in the new pixels; itself where it is no larger.</summary>
    /// <param name="longerSide">Pixels; positive.</param>
    /// <remarks>Each pixel is the mean of those under it, so that nothing finer than the new pixels leaves a pattern.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="longerSide"/> is not positive.</exception>
    public Photo ShrinkToFit(int longerSide)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(longerSide);
        var (width, height) = AreaAverage.SizeWithin(Width, Height, longerSide);
        return (width, height) == (Width, Height)
            ? this
            : new(Name, width, height, AreaAverage.Shrink(_rgb, Width, Height, width, height), ExifFocalLengthPixels is { } pixels ? FocalLength.OfScaled(pixels, Width, width) : null, ExifFocalLengthSource);
    }

    /// <summary>Encodes the pixels as a PNG, JPEG or WebP file, by the extension; a file at <paramref name="path"/> is replaced when the new one is complete.</summary>
    /// <exception cref="ArgumentException">ML.NET writes no files of that extension.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        using var image = ToImage();
        AtomicFile.Write(path, image.Save);
    }

    /// <summary>The bytes of the file that <see cref="Save"/> would write, by its extension. ML.NET encodes into files only, so there is one for a moment.</summary>
    internal byte[] Encode(string extension)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}{extension}");
        try
        {
            Save(path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The photo as a picture for a notebook or a page: HTML that needs no other file.</summary>
    /// <remarks>.NET Interactive shows a photo so by itself. It is a JPEG.</remarks>
    /// <param name="longerSide">Largest number of pixels along its longer side; positive. A larger photo is shrunk.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="longerSide"/> is not positive.</exception>
    public string ToHtml(int longerSide = 800)
    {
        var shown = ShrinkToFit(longerSide);
        return FormattableString.Invariant($"<img width=\"{shown.Width}\" height=\"{shown.Height}\" style=\"max-width:100%;height:auto\" src=\"{Thumbnail.ToDataUri(shown)}\" alt=\"{HtmlTable.Text(Name)}\">");
    }

    /// <inheritdoc/>
    string IHtmlContent.ToHtml() => ToHtml();

    /// <summary>The name, size and focal length in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Name}: {Width} x {Height}, EXIF focal length {ExifFocalLengthPixels ?? float.NaN:g5} px ({ExifFocalLengthSource.ToText()})");

    /// <summary>Like <see cref="FromPixels"/>, without the copy: the caller hands <paramref name="rgb"/> over and keeps no reference to
    /// it.</summary>
    internal static Photo Adopt(int width, int height, byte[] rgb, string? name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (rgb.LongLength != 3L * width * height)
        {
            throw new ArgumentException($"Photo of {width} x {height} pixels got {rgb.Length} bytes; expected {width} x {height} x 3 = {3L * width * height}.", nameof(rgb));
        }
        return new(name ?? "", width, height, rgb, null, FocalLengthSource.Unknown);
    }

    private static Photo Decode(byte[] encoded, string name, string subject)
    {
        using var image = PhotoDecoder.Decode(encoded, subject);
        return FromImage(image, name, ExifReader.Read(encoded, image.Width, image.Height));
    }

    private static Photo FromImage(MLImage image, string name, PhotoExif exif)
    {
        var orientation = Orientation.Of(exif.Orientation, image.Width, image.Height);
        var rgb = PixelConversion.ToRgb(image.Pixels, image.PixelFormat, orientation);
        return new(name, orientation.Width, orientation.Height, rgb, exif.FocalLengthPixels, exif.Source);
    }
}
