namespace DepthPro.Imaging;

/// <summary>Reads orientation and focal length from a photo's EXIF data. What is damaged, absurd or missing counts as absent; nothing
/// throws.</summary>
internal static class ExifReader
{
    // EXIF 2.32, section 4.6; the first two are in the image's directory, the others in EXIF's.
    private const int OrientationTag = 0x0112, ExifDirectoryTag = 0x8769, FocalLengthTag = 0x920A, WidthTag = 0xA002, HeightTag = 0xA003,
        HorizontalResolutionTag = 0xA20E, VerticalResolutionTag = 0xA20F, ResolutionUnitTag = 0xA210, FilmFocalLengthTag = 0xA405;

    // Focal lengths outside these shares of the photo's diagonal are mistakes: the 35 mm tag's smallest value, 1 mm, is 0.023 diagonals, and
    // 200 diagonals are 8.7 m.
    private const double MinDiagonals = 0.02;
    private const double MaxDiagonals = 200;

    /// <param name="encoded">The photo's file: JPEG, PNG, WebP, or a TIFF structure as raw photos are.</param>
    /// <param name="width">Width of the stored image, before orientation, pixels.</param>
    /// <param name="height">Height of the stored image, pixels.</param>
    public static PhotoExif Read(ReadOnlySpan<byte> encoded, int width, int height)
    {
        var image = TiffDirectory.First(PhotoFile.Inspect(encoded) is { } file ? encoded[file.Exif] : encoded);
        var orientation = image.Number(OrientationTag) is >= 1 and <= 8 and var code ? (int)code : 1;
        return ReadFocalLength(image.Follow(ExifDirectoryTag), orientation, width, height);
    }

    private static PhotoExif ReadFocalLength(TiffDirectory exif, int orientation, int width, int height)
    {
        // Source: ml-depth-pro, utils.py, load_rgb. Zero means unknown (EXIF 2.32, tag 0xA405).
        if (exif.Number(FilmFocalLengthTag) is > 0 and var film && Plausible(FocalLength.From35mm(film, width, height), width, height) is { } fromFilm)
        {
            return new(orientation, fromFilm, FocalLengthSource.Exif35mm);
        }
        return FromFocalPlane(exif, Orientation.SwapsAxes(orientation), width, height) is { } pixels && Plausible(pixels, width, height) is { } fromPlane
            ? new(orientation, fromPlane, FocalLengthSource.ExifFocalPlane)
            : new(orientation, null, FocalLengthSource.Unknown);
    }

    /// <summary>Millimetres on the sensor, times the sensor's pixels per millimetre along the axis that is horizontal in the oriented
    /// photo.</summary>
    private static double? FromFocalPlane(TiffDirectory exif, bool vertical, int width, int height)
    {
        var horizontalResolution = exif.Number(HorizontalResolutionTag);
        var resolution = vertical ? exif.Number(VerticalResolutionTag) ?? horizontalResolution : horizontalResolution;
        var millimeters = exif.Number(FocalLengthTag);
        // Tag 0xA210 and its default: EXIF 2.32; 4 and 5 are in use without being in the standard.
        var unit = exif.Number(ResolutionUnitTag) ?? 2;
        double? unitMillimeters = unit switch { 2 => 25.4, 3 => 10, 4 => 1, 5 => 0.001, _ => null };
        // The resolution counts pixels of the image as it was taken, which may have been made smaller since.
        var stored = vertical ? height : width;
        var taken = exif.Number(vertical ? HeightTag : WidthTag) is > 0 and var size ? size : stored;
        return millimeters * resolution / unitMillimeters * (stored / taken);
    }

    private static float? Plausible(double pixels, int width, int height) =>
        pixels / FocalLength.Diagonal(width, height) is >= MinDiagonals and <= MaxDiagonals ? (float)pixels : null;
}
