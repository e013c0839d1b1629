namespace DepthPro;

/// <summary>What LoadPhotos reads and writes. Immutable, thread-safe.</summary>
public sealed record PhotoLoadingOptions
{
    /// <summary>The new column: MLImage, oriented as EXIF says.</summary>
    public required string OutputColumnName { get; init; }

    /// <summary>Paths (text) or encoded photos (vector of bytes); null: the column named <see cref="OutputColumnName"/>.</summary>
    public string? InputColumnName { get; init; }

    /// <summary>The folder that relative paths start from; null: the current folder.</summary>
    public string? ImageFolder { get; init; }

    /// <summary>Null, or the new column of the EXIF focal length (Single; pixels of the oriented photo, NaN when unknown); a second column, this
    /// name with <c>.Source</c>, tells in text where it comes from: exif35mm, exifFocalPlane or none.</summary>
    public string? FocalLengthColumnName { get; init; }
}
