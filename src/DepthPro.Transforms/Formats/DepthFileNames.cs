namespace DepthPro.Formats;

/// <summary>How depth files are told from others and paired by their names. Thread-safe.</summary>
internal static class DepthFileNames
{
    /// <summary>A picture of depth for people, which never counts as depth.</summary>
    public const string PictureSuffix = ".depth.png";

    // Of files with one stem the first counts: exact values before rounded ones, and a PNG may be the photo.
    private static readonly string[] Suffixes = [".npy", ".npz", ".pfm", ".depth16.png", ".png"];

    private static readonly HashSet<string> PhotoExtensions = new([".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".heic", ".heif", ".avif", ".dng"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file may hold depth, by its name; the lower the rank, the more exact. Null: none.</summary>
    public static int? RankOf(string path)
    {
        var rank = Array.FindIndex(Suffixes, suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
        return rank < 0 || path.EndsWith(PictureSuffix, StringComparison.OrdinalIgnoreCase) ? null : rank;
    }

    /// <summary>A depth file's path without what tells its format.</summary>
    public static string StemOf(string path) => RankOf(path) is { } rank ? path[..^Suffixes[rank].Length] : Path.ChangeExtension(path, null);

    /// <summary>Whether a file may be a photo, by its name.</summary>
    public static bool IsPhoto(string path) => PhotoExtensions.Contains(Path.GetExtension(path))
        && !path.EndsWith(PictureSuffix, StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".depth16.png", StringComparison.OrdinalIgnoreCase);
}
