namespace DepthPro.Cli;

/// <summary>A photo to estimate, as the caller named it, and the name of its outputs without their extensions.</summary>
internal readonly record struct PhotoInput(string Path, string OutputStem);

/// <summary>Finds the photos that files, folders and patterns name.</summary>
internal static class PhotoInputs
{
    private static readonly HashSet<string> Extensions = new([".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".heic", ".heif", ".avif", ".dng"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Photos in the order of the arguments, each once; within a folder or pattern by name. Folders and patterns leave our own outputs out.</summary>
    /// <param name="arguments">Files (taken as they are), folders (their photos), or patterns with * and ? in the file name.</param>
    /// <exception cref="UsageException">Nothing is found, or two photos would have the same outputs.</exception>
    public static IReadOnlyList<PhotoInput> Find(IEnumerable<string> arguments)
    {
        var paths = arguments.SelectMany(Expand).DistinctBy(Path.GetFullPath).ToList();
        if (paths.Count == 0) { throw new UsageException($"No photos found. Expected files, folders that hold photos ({string.Join(' ', Extensions)}), or patterns such as 'photos/*.jpg'."); }

        var shared = paths.GroupBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1).SelectMany(group => group).ToHashSet();
        List<PhotoInput> inputs = [.. paths.Select(path => new PhotoInput(path, shared.Contains(path) ? Path.GetFileName(path) : Path.GetFileNameWithoutExtension(path)))];
        var clash = inputs.GroupBy(input => input.OutputStem, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return clash is null
            ? inputs
            : throw new UsageException($"'{clash.First().Path}' and '{clash.Last().Path}' would both write '{clash.Key}.npy'. Estimate them in two runs with different --output folders.");
    }

    private static IEnumerable<string> Expand(string argument)
    {
        if (File.Exists(argument)) { return [argument]; }
        if (Directory.Exists(argument)) { return Photos(argument, "*", onlyKnown: true); }
        var (folder, pattern) = (Path.GetDirectoryName(argument) ?? "", Path.GetFileName(argument));
        var isPattern = pattern.AsSpan().IndexOfAny('*', '?') >= 0 && folder.AsSpan().IndexOfAny('*', '?') < 0;
        return isPattern && (folder.Length == 0 || Directory.Exists(folder)) ? Photos(folder, pattern, onlyKnown: false) : [argument]; // a missing file fails by name, with the others done
    }

    private static IEnumerable<string> Photos(string folder, string pattern, bool onlyKnown)
        => Directory.EnumerateFiles(folder.Length == 0 ? "." : folder, pattern)
            .Where(path => !EstimateCommand.OutputExtensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
            .Where(path => !onlyKnown || Extensions.Contains(Path.GetExtension(path)))
            .Select(path => Path.Combine(folder, Path.GetFileName(path)))
            .Order(StringComparer.Ordinal);
}
