using DepthPro.Formats;

namespace DepthPro.Cli;

/// <summary>A photo to estimate, as the caller named it, and the name of its outputs without their extensions.</summary>
internal readonly record struct PhotoInput(string Path, string OutputStem);

/// <summary>The photos that files, folders and patterns name, and the files in those folders that are none.</summary>
internal sealed record PhotoInputs(IReadOnlyList<PhotoInput> Photos, IReadOnlyList<string> Skipped)
{
    /// <summary>Finds photos in the order of the arguments, each once; within a folder or pattern by name. Folders and patterns leave our own outputs out.</summary>
    /// <param name="arguments">Files, folders (their photos), or patterns with * and ? in the file name.</param>
    /// <exception cref="UsageException">Nothing is found, or two photos would have the same outputs.</exception>
    public static PhotoInputs Find(IEnumerable<string> arguments)
    {
        var skipped = new List<string>();
        var paths = arguments.SelectMany(argument => Expand(argument, skipped)).DistinctBy(Path.GetFullPath).ToList();
        if (paths.Count == 0) { throw new UsageException($"No photos found{(skipped.Count > 0 ? $" among {skipped.Count} files" : "")}. Expected files, folders that hold photos ({string.Join(' ', DepthFileNames.PhotoExtensions)}), or patterns such as 'photos/*.jpg'."); }

        var shared = paths.GroupBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1).SelectMany(group => group).ToHashSet();
        List<PhotoInput> inputs = [.. paths.Select(path => new PhotoInput(path, shared.Contains(path) ? Path.GetFileName(path) : Path.GetFileNameWithoutExtension(path)))];
        var clash = inputs.GroupBy(input => input.OutputStem, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return clash is null
            ? new(inputs, skipped)
            : throw new UsageException($"'{clash.First().Path}' and '{clash.Last().Path}' would both write '{clash.Key}.npy'. Estimate them in two runs with different --output folders.");
    }

    /// <summary>How many files were skipped, by extension; empty when none was.</summary>
    public string DescribeSkipped() => Skipped.Count == 0 ? "" : $"Skipped {Skipped.Count} files that are no photos: "
        + $"{string.Join(", ", Skipped.CountBy(path => IsPicture(path) ? EstimateCommand.PictureExtension : Path.GetExtension(path).ToLowerInvariant()).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{(kind.Key.Length > 0 ? kind.Key : "without extension")} {kind.Value}"))}.";

    private static IEnumerable<string> Expand(string argument, List<string> skipped)
    {
        if (File.Exists(argument) && IsOurs(argument)) { skipped.Add(argument); return []; } // a shell's pattern names them too
        if (File.Exists(argument)) { return [argument]; }
        if (Directory.Exists(argument)) { return InFolder(argument, "*", onlyKnown: true, skipped); }
        var (folder, pattern) = (Path.GetDirectoryName(argument) ?? "", Path.GetFileName(argument));
        var isPattern = pattern.AsSpan().IndexOfAny('*', '?') >= 0 && folder.AsSpan().IndexOfAny('*', '?') < 0;
        return isPattern && (folder.Length == 0 || Directory.Exists(folder)) ? InFolder(folder, pattern, onlyKnown: false, skipped) : [argument]; // a missing file fails by name, with the others done
    }

    private static IEnumerable<string> InFolder(string folder, string pattern, bool onlyKnown, List<string> skipped)
    {
        var files = Directory.EnumerateFiles(folder.Length == 0 ? "." : folder, pattern).Select(path => Path.Combine(folder, Path.GetFileName(path)))
            .ToLookup(path => !IsOurs(path) && (!onlyKnown || DepthFileNames.PhotoExtensions.Contains(Path.GetExtension(path))));
        skipped.AddRange(files[false]);
        return files[true].Order(StringComparer.Ordinal);
    }

    private static bool IsOurs(string path) => IsPicture(path) || EstimateCommand.OutputExtensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a file is a photo by its name, and none of our pictures.</summary>
    public static bool IsPhoto(string path) => !IsPicture(path) && DepthFileNames.PhotoExtensions.Contains(Path.GetExtension(path));

    /// <summary>Whether a file is a picture that estimate has written, or was killed in writing.</summary>
    public static bool IsPicture(string path) => path.EndsWith(EstimateCommand.PictureExtension, StringComparison.OrdinalIgnoreCase)
        || path.EndsWith($".tmp{Path.GetExtension(path)}", StringComparison.OrdinalIgnoreCase);
}
