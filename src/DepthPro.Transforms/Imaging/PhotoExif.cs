namespace DepthPro.Imaging;

/// <summary>What a photo's EXIF data says that matters for depth.</summary>
/// <param name="Orientation">1 to 8; 1 when absent or not one of these.</param>
/// <param name="FocalLengthPixels">Pixels of the oriented photo; null when unknown or implausible.</param>
/// <param name="Source"><see cref="FocalLengthSource.Exif35mm"/>, <see cref="FocalLengthSource.ExifFocalPlane"/>, or
/// <see cref="FocalLengthSource.Unknown"/>.</param>
internal readonly record struct PhotoExif(int Orientation, float? FocalLengthPixels, FocalLengthSource Source)
{
    /// <summary>Nothing is known.</summary>
    public static PhotoExif None { get; } = new(1, null, FocalLengthSource.Unknown);
}
