using DepthPro.Training.Data;

namespace DepthPro.Cli;

/// <summary>A folder of photos to learn from, and what its depth is.</summary>
/// <param name="Photos">The folder; a full path, so that the training is taken up from any directory.</param>
/// <param name="Depth">The folder of the photos' depth; may be the same.</param>
/// <param name="FocalLength">Of every photo, pixels; null: what is known of each.</param>
/// <param name="IsReal">Whether the depth was measured, not rendered.</param>
/// <param name="IsRelative">Whether the depth is known up to a factor only.</param>
/// <param name="Weight">How often it is drawn from, in proportion to the other sets' weights.</param>
internal sealed record TrainFolder(string Photos, string Depth, float? FocalLength, bool IsReal, bool IsRelative, double Weight)
{
    /// <summary>What 1 m is in the folder's 16-bit PNG files; null: 1000.</summary>
    public double? DepthScale { get; init; }

    /// <summary>Pairs the folder's files.</summary>
    /// <param name="skipped">Told of files that cannot be used.</param>
    /// <exception cref="UsageException">A folder is missing, or no photo has depth.</exception>
    public FolderTrainingSet Open(Action<string> skipped)
    {
        try
        {
            var files = DepthScale is { } scale ? new DepthFileOptions { UnitsPerMeter = scale } : new();
            var set = new FolderTrainingSet(Photos, Depth) { Files = files, FocalLengthPixels = FocalLength, IsReal = IsReal, IsMetric = !IsRelative, Weight = Weight, Skipped = reason => skipped($"left out: {reason}") };
            if (set.Unpaired is [var first, ..]) { skipped($"'{first}'{(set.Unpaired.Count > 1 ? $" and {set.Unpaired.Count - 1} more files of '{Photos}' have" : " has")} no partner; left out."); }
            return set;
        }
        catch (Exception exception) when (exception is DirectoryNotFoundException or InvalidDataException)
        {
            throw new UsageException($"--photos '{Photos}': {exception.Message}");
        }
    }

    /// <summary>The folders that options name: the first --depth belongs to the first --photos, and so on; an option that is given once holds for all.</summary>
    /// <exception cref="UsageException">They do not fit together.</exception>
    public static IReadOnlyList<TrainFolder> Of(string[] photos, string[] depth, float[] focalLengths, string[]? real, string[]? relative, double[] weights, double? depthScale)
    {
        T? ForEach<T>(string option, T[] values, int index) => values.Length == 0 ? default : values.Length == 1 ? values[0]
            : values.Length == photos.Length ? values[index] : throw new UsageException($"{option} is given {values.Length} times; expected once, or once for each of the {photos.Length} --photos.");
        bool Holds(string option, string[]? folders, string folder)
        {
            if (folders?.FirstOrDefault(named => !photos.Contains(named)) is { } unknown) { throw new UsageException($"{option} '{unknown}' is none of the --photos; expected {string.Join(" or ", photos.Select(p => $"'{p}'"))}, or nothing for all of them."); }
            return folders is not null && (folders.Length == 0 || folders.Contains(folder));
        }
        if (photos.Length == 0)
        {
            var alone = depth.Length > 0 ? "--depth" : focalLengths.Length > 0 ? "--focal-length" : real is not null ? "--real" : relative is not null ? "--relative" : weights.Length > 0 ? "--weight" : depthScale is not null ? "--depth-scale" : null;
            return alone is null ? [] : throw new UsageException($"{alone} says something of --photos, which are not given.");
        }
        if (depth.Length > 0 && depth.Length != photos.Length) { throw new UsageException($"--depth is given {depth.Length} times; expected once for each of the {photos.Length} --photos, or not at all where depth lies beside the photos."); }
        return [.. photos.Select((folder, i) => new TrainFolder(Path.GetFullPath(folder), Path.GetFullPath(depth.Length > 0 ? depth[i] : folder),
            focalLengths.Length > 0 ? ForEach("--focal-length", focalLengths, i) : null, Holds("--real", real, folder), Holds("--relative", relative, folder), weights.Length > 0 ? ForEach("--weight", weights, i) : 1) { DepthScale = depthScale })];
    }
}
