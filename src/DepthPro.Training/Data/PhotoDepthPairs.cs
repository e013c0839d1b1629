using DepthPro.Formats;

namespace DepthPro.Training.Data;

/// <summary>A photo, its depth, and the JSON file that may tell its focal length.</summary>
internal sealed record PhotoDepthPair(string Name, string Photo, string Depth, string? Sidecar);

/// <summary>The photos of a folder and the depth files of another, or the same, paired by their names. Immutable, thread-safe.</summary>
/// <param name="Pairs">By name.</param>
/// <param name="Unpaired">Photos without depth, and depth files without a photo.</param>
internal sealed record PhotoDepthPairs(IReadOnlyList<PhotoDepthPair> Pairs, IReadOnlyList<string> Unpaired)
{
    /// <summary>Pairs files by their path within the folder without its extension, and without <c>.depth16</c>; <c>a.jpg.npy</c> is the depth of <c>a.jpg</c> too. Coloured pictures of depth
    /// (<c>.depth.png</c>) never count; of a photo's several depth files the most exact does.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">No two files pair.</exception>
    public static PhotoDepthPairs Find(string photoFolder, string depthFolder)
    {
        var isSame = Path.GetFullPath(photoFolder) == Path.GetFullPath(depthFolder);
        var depths = FilesOf(depthFolder, "depth").Where(file => DepthFileNames.RankOf(file) is not null)
            .GroupBy(DepthFileNames.StemOf).ToDictionary(files => files.Key, files => files.OrderBy(DepthFileNames.RankOf).ThenBy(file => file, StringComparer.Ordinal).ToList());
        var photos = FilesOf(photoFolder, "photo").Where(DepthFileNames.IsPhoto).ToLookup(Stem);
        // In one folder a PNG beside a photo of another format is its depth.
        bool IsPhoto(string file) => !isSame || !IsPng(file) || photos[Stem(file)].All(IsPng);
        IEnumerable<string> Named(string name) => depths.GetValueOrDefault(name) ?? [];

        var (pairs, lonely) = (new List<PhotoDepthPair>(), new List<string>());
        foreach (var photo in photos.SelectMany(files => files).Where(IsPhoto))
        {
            var stem = Stem(photo);
            if (Named(photo).Concat(Named(stem)).FirstOrDefault(file => !isSame || file != photo) is not { } depth)
            {
                lonely.Add(photo);
                continue;
            }
            string[] sidecars = [Path.Combine(depthFolder, $"{photo}.json"), Path.Combine(depthFolder, $"{stem}.json"), Path.Combine(photoFolder, $"{stem}.json")];
            pairs.Add(new(photo, Path.Combine(photoFolder, photo), Path.Combine(depthFolder, depth), Array.Find(sidecars, File.Exists)));
        }
        var known = pairs.Select(pair => pair.Depth).ToHashSet();
        List<string> unpaired =
        [
            .. lonely.Select(photo => Path.Combine(photoFolder, photo)),
            .. depths.Values.Where(files => !files.Any(file => known.Contains(Path.Combine(depthFolder, file)) || (isSame && lonely.Contains(file)))).Select(files => Path.Combine(depthFolder, files[0])),
        ];
        return pairs.Count > 0 ? new(pairs, unpaired)
            : throw new InvalidDataException($"No photo of '{photoFolder}' has depth in '{depthFolder}': {(unpaired.Count > 0 ? $"'{unpaired[0]}' has no partner, and so have {unpaired.Count - 1} others" : "there are neither photos nor depth files")}. Expected the same names but for their extensions, which are {string.Join(", ", DepthFile.Extensions)} for depth.");
    }

    private static string Stem(string file) => Path.ChangeExtension(file, null);

    private static bool IsPng(string file) => file.EndsWith(".png", StringComparison.OrdinalIgnoreCase);

    // Paths within the folder, in an order that is the same everywhere.
    private static List<string> FilesOf(string folder, string kind) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)]
        : throw new DirectoryNotFoundException($"There is no {kind} folder '{Path.GetFullPath(folder)}'.");
}
