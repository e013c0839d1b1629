namespace DepthPro.Formats;

/// <summary>How depth files are told from others and paired by their names. Thread-safe.</summary>
internal static class DepthFileNames
{
    /// <summary>A picture of depth for people, which never counts as depth.</summary>
    public const string PictureSuffix = ".depth.png";

    /// <summary>Depth in millimetres.</summary>
    public const string MillimeterSuffix = ".depth16.png";

    private static readonly string[] AllSuffixes = [".npy", ".npz", ".pfm", MillimeterSuffix, ".png"];
    private static readonly HashSet<string> AllPhotoExtensions = new([".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".heic", ".heif", ".avif", ".dng"], StringComparer.OrdinalIgnoreCase);

    /// <summary>How depth files end. Of files with one stem the first counts: exact values before rounded ones, and a PNG may be the photo.</summary>
    public static IReadOnlyList<string> Suffixes => AllSuffixes;

    /// <summary>The extensions of photos, in any case.</summary>
    public static IReadOnlySet<string> PhotoExtensions => AllPhotoExtensions;

    /// <summary>Whether a file may hold depth, by its name; the lower the rank, the more exact. Null: none.</summary>
    public static int? RankOf(string path)
    {
        var rank = Array.FindIndex(AllSuffixes, suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
        return rank < 0 || path.EndsWith(PictureSuffix, StringComparison.OrdinalIgnoreCase) ? null : rank;
    }

    /// <summary>A depth file's path without what tells its format.</summary>
    public static string StemOf(string path) => RankOf(path) is { } rank ? path[..^AllSuffixes[rank].Length] : Path.ChangeExtension(path, null);

    /// <summary>Whether a file may be a photo, by its name.</summary>
    public static bool IsPhoto(string path) => AllPhotoExtensions.Contains(Path.GetExtension(path))
        && !path.EndsWith(PictureSuffix, StringComparison.OrdinalIgnoreCase) && !path.EndsWith(MillimeterSuffix, StringComparison.OrdinalIgnoreCase);
}
