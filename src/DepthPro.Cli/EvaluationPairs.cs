using DepthPro.Formats;

namespace DepthPro.Cli;

/// <summary>The files of one image.</summary>
internal sealed record EvaluationPair(string Name, string Predicted, string? Truth, string? Mask, string? ValidMask, string? Photo);

/// <summary>A file that was not compared, and why.</summary>
internal readonly record struct SkippedFile(string Path, string Reason);

/// <summary>What is to be compared with what.</summary>
/// <param name="OfFolders">Whether folders were named, rather than one image's files.</param>
/// <param name="Pairs">By name.</param>
/// <param name="Unpaired">Files of the folders that have no partner.</param>
internal sealed record EvaluationPairs(bool OfFolders, IReadOnlyList<EvaluationPair> Pairs, IReadOnlyList<SkippedFile> Unpaired)
{
    /// <summary>Pairs files by stem: the name without its extension, and without <c>.depth16</c>. Coloured pictures of depth (<c>.depth.png</c>) never count.</summary>
    /// <exception cref="UsageException">Files and folders are mixed, a folder holds no depth files, or no two files have the same stem.</exception>
    public static EvaluationPairs Find(string predicted, string? truth, string? mask, string? validMask, string? photos)
    {
        var others = new[] { ("--truth", truth), ("--mask", mask), ("--valid-mask", validMask) }.Where(other => other.Item2 is not null).Select(other => (Option: other.Item1, Path: other.Item2 ?? "")).ToList();
        var isFolder = Directory.Exists(predicted);
        foreach (var (option, path) in others.Append(("--photos", photos ?? predicted)))
        {
            if (Directory.Exists(path) != isFolder)
            {
                throw new UsageException($"--predicted '{predicted}' is {(isFolder ? "a folder" : "no folder")} and {option} '{path}' is {(isFolder ? "none" : "one")}; expected files only, or folders only.");
            }
        }
        if (!isFolder) { return new(false, [new(StemOf(predicted), predicted, truth, mask, validMask, photos)], []); }

        var predictions = ByStem("--predicted", predicted);
        var partners = others.ToDictionary(other => other.Option, other => ByStem(other.Option, other.Path));
        var named = photos is null ? [] : PhotosByName(photos);
        List<SkippedFile> unpaired =
        [
            .. predictions.SelectMany(prediction => partners.Where(partner => !partner.Value.ContainsKey(prediction.Key))
                .Select(partner => new SkippedFile(prediction.Value, $"no {partner.Key} file has the stem '{prediction.Key}'")).Take(1)),
            .. partners.SelectMany(partner => partner.Value.Where(file => !predictions.ContainsKey(file.Key))
                .Select(file => new SkippedFile(file.Value, $"no --predicted file has the stem '{file.Key}'"))),
        ];
        string? Partner(string option, string stem) => partners.GetValueOrDefault(option)?[stem];
        List<EvaluationPair> pairs = [.. predictions.Where(prediction => partners.Values.All(partner => partner.ContainsKey(prediction.Key)))
            .Select(p => new EvaluationPair(p.Key, p.Value, Partner("--truth", p.Key), Partner("--mask", p.Key), Partner("--valid-mask", p.Key), named.GetValueOrDefault(p.Key)))];
        return pairs.Count > 0
            ? new(true, pairs, unpaired)
            : throw new UsageException($"No files pair: '{predictions.Values[0]}' has the stem '{predictions.Keys[0]}', and {unpaired[0].Reason}. Expected the same names in both folders, whatever their extensions.");
    }

    /// <summary>A file's name as pairs know it.</summary>
    public static string StemOf(string path) => DepthFileNames.StemOf(Path.GetFileName(path));

    /// <summary>Whether a file is one of ours in millimetres.</summary>
    public static bool IsMillimeters(string path) => path.EndsWith(DepthFileNames.MillimeterSuffix, StringComparison.OrdinalIgnoreCase);

    private static SortedList<string, string> ByStem(string option, string folder)
    {
        var files = Directory.EnumerateFiles(folder).Select(path => Path.Combine(folder, Path.GetFileName(path))).Where(path => DepthFileNames.RankOf(path) is not null && !PhotoInputs.IsPicture(path))
            .OrderBy(DepthFileNames.RankOf).ThenBy(path => path, StringComparer.Ordinal).DistinctBy(StemOf).ToList();
        return files.Count > 0
            ? new(files.ToDictionary(StemOf), StringComparer.Ordinal)
            : throw new UsageException($"{option} '{folder}' holds no file to compare; expected files that end with {string.Join(", ", DepthFileNames.Suffixes)} (coloured pictures, {DepthFileNames.PictureSuffix}, do not count).");
    }

    // A photo is known by its stem, and by its whole name: of photos that share a stem, estimate keeps the extension (a.jpg.npy).
    private static Dictionary<string, string> PhotosByName(string folder)
    {
        var named = new Dictionary<string, string>();
        foreach (var path in Directory.EnumerateFiles(folder).Where(PhotoInputs.IsPhoto).Order(StringComparer.Ordinal))
        {
            named.TryAdd(Path.GetFileName(path), path);
            named.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        }
        return named;
    }
}
