namespace DepthPro;

/// <summary>The text that stands for a <see cref="FocalLengthSource"/> in columns and files. Thread-safe.</summary>
public static class FocalLengthSourceText
{
    private static readonly (FocalLengthSource Source, string Text)[] Pairs =
    [
        (FocalLengthSource.Unknown, "none"),
        (FocalLengthSource.Given, "given"),
        (FocalLengthSource.Exif35mm, "exif35mm"),
        (FocalLengthSource.ExifFocalPlane, "exifFocalPlane"),
        (FocalLengthSource.Estimated, "estimated"),
        (FocalLengthSource.Locked, "locked"),
    ];

    /// <summary><c>given</c>, <c>exif35mm</c>, <c>exifFocalPlane</c>, <c>estimated</c>, <c>locked</c>, or <c>none</c> for
    /// <see cref="FocalLengthSource.Unknown"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="source"/> is not a member of the enumeration.</exception>
    public static string ToText(this FocalLengthSource source)
    {
        foreach (var pair in Pairs)
        {
            if (pair.Source == source) { return pair.Text; }
        }
        throw new ArgumentOutOfRangeException(nameof(source), source, $"Focal length source is {(int)source}; expected one of {string.Join(", ", Pairs.Select(p => p.Source))}.");
    }

    /// <summary>Reads what <see cref="ToText"/> writes; letter case counts.</summary>
    /// <returns>Whether <paramref name="text"/> is one of the six texts; if not, <paramref name="source"/> is
    /// <see cref="FocalLengthSource.Unknown"/>.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out FocalLengthSource source)
    {
        foreach (var pair in Pairs)
        {
            if (text.SequenceEqual(pair.Text)) { source = pair.Source; return true; }
        }
        source = FocalLengthSource.Unknown;
        return false;
    }
}
