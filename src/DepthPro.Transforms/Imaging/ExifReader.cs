using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace DepthPro.Imaging;

/// <summary>Reads orientation and focal length from a photo's EXIF data. What is damaged, absurd or missing counts as absent; nothing
/// throws.</summary>
internal static class ExifReader
{
    // Focal lengths outside these shares of the photo's diagonal are mistakes: the 35 mm tag's smallest value, 1 mm, is 0.023 diagonals, and
    // 200 diagonals are 8.7 m.
    private const double MinDiagonals = 0.02;
    private const double MaxDiagonals = 200;

    /// <param name="encoded">The photo's file.</param>
    /// <param name="width">Width of the stored image, before orientation, pixels.</param>
    /// <param name="height">Height of the stored image, pixels.</param>
    public static PhotoExif Read(byte[] encoded, int width, int height)
    {
        try
        {
            using var stream = new MemoryStream(encoded, writable: false);
            var directories = ImageMetadataReader.ReadMetadata(stream);
            var orientation = directories.OfType<ExifIfd0Directory>().FirstOrDefault() is { } image
                && image.TryGetInt32(ExifDirectoryBase.TagOrientation, out var code) && code is >= 1 and <= 8 ? code : 1;
            return directories.OfType<ExifSubIfdDirectory>().FirstOrDefault() is { } exif
                ? ReadFocalLength(exif, orientation, width, height)
                : PhotoExif.None with { Orientation = orientation };
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // EXIF is a side channel: whatever a damaged or unknown container makes the parser throw, the pixels are still good.
            return PhotoExif.None;
        }
    }

    private static PhotoExif ReadFocalLength(ExifSubIfdDirectory exif, int orientation, int width, int height)
    {
        // Source: ml-depth-pro, utils.py, load_rgb. Zero means unknown (EXIF 2.32, tag 0xA405).
        if (Number(exif, ExifDirectoryBase.Tag35MMFilmEquivFocalLength) is > 0 and var film
            && Plausible(FocalLength.From35mm(film, width, height), width, height) is { } fromFilm)
        {
            return new(orientation, fromFilm, FocalLengthSource.Exif35mm);
        }
        return FromFocalPlane(exif, Orientation.SwapsAxes(orientation), width, height) is { } pixels && Plausible(pixels, width, height) is { } fromPlane
            ? new(orientation, fromPlane, FocalLengthSource.ExifFocalPlane)
            : new(orientation, null, FocalLengthSource.Unknown);
    }

    /// <summary>Millimetres on the sensor, times the sensor's pixels per millimetre along the axis that is horizontal in the oriented
    /// photo.</summary>
    private static double? FromFocalPlane(ExifSubIfdDirectory exif, bool vertical, int width, int height)
    {
        var horizontalResolution = Number(exif, ExifDirectoryBase.TagFocalPlaneXResolution);
        var resolution = vertical ? Number(exif, ExifDirectoryBase.TagFocalPlaneYResolution) ?? horizontalResolution : horizontalResolution;
        var millimeters = Number(exif, ExifDirectoryBase.TagFocalLength);
        // Tag 0xA210 and its default: EXIF 2.32; 4 and 5 are in use without being in the standard.
        var unit = Number(exif, ExifDirectoryBase.TagFocalPlaneResolutionUnit) ?? 2;
        double? unitMillimeters = unit switch { 2 => 25.4, 3 => 10, 4 => 1, 5 => 0.001, _ => null };
        // The resolution counts pixels of the image as it was taken, which may have been made smaller since.
        var stored = vertical ? height : width;
        var takenTag = vertical ? ExifDirectoryBase.TagExifImageHeight : ExifDirectoryBase.TagExifImageWidth;
        var taken = Number(exif, takenTag) is > 0 and var size ? size : stored;
        return millimeters * resolution / unitMillimeters * (stored / taken);
    }

    private static float? Plausible(double pixels, int width, int height) =>
        pixels / FocalLength.Diagonal(width, height) is >= MinDiagonals and <= MaxDiagonals ? (float)pixels : null;

    private static double? Number(ExifSubIfdDirectory exif, int tag) =>
        exif.TryGetDouble(tag, out var value) && double.IsFinite(value) ? value : null;
}
