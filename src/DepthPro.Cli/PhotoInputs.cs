using DepthPro.Formats;

namespace DepthPro.Cli;

/// <summary>A photo to estimate.</summary>
/// <param name="Path">As the caller named it.</param>
/// <param name="RelativePath">From the folder that was named, with '/' on every system; of a file that was named, its name.</param>
/// <param name="OutputStem">The path of its outputs in their folder, without what their formats add.</param>
internal readonly record struct PhotoInput(string Path, string RelativePath, string OutputStem);

/// <summary>The photos that files, folders and patterns name, and the files in those folders that are none.</summary>
internal sealed record PhotoInputs(IReadOnlyList<PhotoInput> Photos, IReadOnlyList<string> Skipped)
{
    /// <summary>Subfolders that cannot be read; their photos are not among these.</summary>
    public IReadOnlyList<UnreadableFolder> Unreadable { get; init; } = [];

    /// <summary>Links to folders, which are not followed.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Finds photos in the order of the arguments, each once; within a folder or pattern by name. Our own outputs are left out, wherever they lie.</summary>
    /// <param name="arguments">Files, folders (their photos), or patterns with * and ? in the file name.</param>
    /// <param name="recursive">Whether subfolders of folders and patterns count too; links to folders are not followed, which may lead in circles.</param>
    /// <exception cref="UsageException">Nothing is found, two photos would have the same outputs, or a folder that is named cannot be read.</exception>
    public static PhotoInputs Find(IEnumerable<string> arguments, bool recursive = false)
    {
        var (walk, skipped) = (new FolderWalk(recursive), new List<string>());
        var files = arguments.SelectMany(argument => Expand(argument, walk, skipped)).DistinctBy(file => Path.GetFullPath(file.Path), PathNames.Comparer).ToList();
        UnreadableFolder[] unreadable = [.. walk.Unreadable.Distinct().OrderBy(folder => folder.Path, StringComparer.Ordinal)];
        var left = unreadable is [var first, ..] ? $"; folder '{first.Path}' cannot be read: {first.Reason.TrimEnd('.')}" : "";
        if (files.Count == 0) { throw new UsageException($"No photos found{(skipped.Count > 0 ? $" among {skipped.Count} files" : "")}{left}. Expected files, folders that hold photos ({string.Join(' ', DepthFileNames.PhotoExtensions)}), or patterns such as 'photos/*.jpg'{(recursive ? "" : "; --recursive looks into subfolders")}."); }

        // Whatever is estimated of them now, and by whatever shard, photos that share a stem keep their extension.
        var shared = files.GroupBy(StemOf, PathNames.Comparer).Where(group => group.Count() > 1).SelectMany(group => group).ToHashSet();
        List<PhotoInput> inputs = [.. files.Select(file => new PhotoInput(file.Path, file.RelativePath, shared.Contains(file) ? file.RelativePath : StemOf(file)))];
        var clash = inputs.GroupBy(input => input.OutputStem, PathNames.Comparer).FirstOrDefault(group => group.Count() > 1);
        return clash is null
            ? new(inputs, skipped) { Unreadable = unreadable, Links = [.. walk.Links.Distinct()] }
            : throw new UsageException($"'{clash.First().Path}' and '{clash.Last().Path}' would both write '{clash.Key}.npy'. Estimate them in two runs with different --output folders.");
    }

    /// <summary>How many files were skipped, by extension, and how many links to folders; empty when none was.</summary>
    public string DescribeSkipped()
    {
        var kinds = Skipped.CountBy(KindOf).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{(kind.Key.Length > 0 ? kind.Key : "without extension")} {kind.Value}");
        var files = Skipped.Count == 0 ? "" : $"Skipped {Skipped.Count} files that are no photos: {string.Join(", ", kinds)}.";
        var links = Links.Count == 0 ? "" : $"Skipped {Links.Count} links to folders, which are not followed.";
        return $"{files}{(files.Length > 0 && links.Length > 0 ? " " : "")}{links}";
    }

    private static string KindOf(string path) => IsPicture(path) ? DepthFileNames.PictureSuffix
        : path.EndsWith(DepthFileNames.MillimeterSuffix, StringComparison.OrdinalIgnoreCase) ? DepthFileNames.MillimeterSuffix : Path.GetExtension(path).ToLowerInvariant();

    private static IEnumerable<FoundFile> Expand(string argument, FolderWalk walk, List<string> skipped)
    {
        if (File.Exists(argument) && IsOurs(argument)) { skipped.Add(argument); return []; } // a shell's pattern names them too
        if (File.Exists(argument)) { return [Named(argument)]; }
        if (Directory.Exists(argument)) { return InFolder(argument, "*", onlyKnown: true, walk, skipped); }
        var (folder, pattern) = (Path.GetDirectoryName(argument) ?? "", Path.GetFileName(argument));
        var isPattern = pattern.AsSpan().IndexOfAny('*', '?') >= 0 && folder.AsSpan().IndexOfAny('*', '?') < 0;
        return isPattern && (folder.Length == 0 || Directory.Exists(folder)) ? InFolder(folder, pattern, onlyKnown: false, walk, skipped) : [Named(argument)]; // a missing file fails by name, with the others done
    }

    private static IEnumerable<FoundFile> InFolder(string folder, string pattern, bool onlyKnown, FolderWalk walk, List<string> skipped)
    {
        try
        {
            var files = walk.Files(folder, pattern).ToLookup(file => !IsOurs(file.Path) && (!onlyKnown || DepthFileNames.PhotoExtensions.Contains(Path.GetExtension(file.Path))));
            skipped.AddRange(files[false].Select(file => file.Path));
            return files[true].OrderBy(file => file.RelativePath, StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"Folder '{folder}' cannot be read: {exception.Message} Name a folder that can, or its photos.");
        }
    }

    private static FoundFile Named(string path) => new(path, Path.GetFileName(path));

    private static bool IsOurs(string path) => OutputFormat.IsOutput(path) || IsPicture(path);

    private static string StemOf(FoundFile file) => Path.ChangeExtension(file.RelativePath, null);

    /// <summary>Whether a file is a photo by its name, and none of our pictures.</summary>
    public static bool IsPhoto(string path) => !IsPicture(path) && DepthFileNames.IsPhoto(path);

    /// <summary>Whether a file is a picture that estimate has written, or was killed in writing.</summary>
    public static bool IsPicture(string path) => path.EndsWith(DepthFileNames.PictureSuffix, StringComparison.OrdinalIgnoreCase)
        || path.EndsWith($".tmp{Path.GetExtension(path)}", StringComparison.OrdinalIgnoreCase);
}
