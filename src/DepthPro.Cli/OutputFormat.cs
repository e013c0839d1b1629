using DepthPro.Formats;

namespace DepthPro.Cli;

/// <summary>What estimate can write of a photo.</summary>
/// <param name="Name">As --format has it.</param>
/// <param name="Suffix">What the file's name ends with.</param>
/// <param name="Write">To a path, of a photo and its depth.</param>
internal sealed record OutputFormat(string Name, string Suffix, Func<string, Photo, DepthMap, WrittenDepth> Write)
{
    public const string SidecarSuffix = ".json";

    /// <summary>The first two are written unless others are asked for.</summary>
    public static readonly IReadOnlyList<OutputFormat> All =
    [
        new("npy", ".npy", (path, _, depth) => DepthFile.Write(path, depth)),
        new("png", DepthFileNames.PictureSuffix, (path, _, depth) => { DepthVisuals.Colorize(depth).Save(path); return default; }),
        new(Depth16, DepthFileNames.MillimeterSuffix, (path, _, depth) => DepthFile.Write(path, depth)),
        new("npz", ".npz", (path, _, depth) => DepthFile.Write(path, depth)),
        new("pfm", ".pfm", (path, _, depth) => DepthFile.Write(path, depth)),
        new("ply", ".ply", (path, photo, depth) => { PointCloudFile.Write(path, depth, photo); return default; }),
        new("glb", ".glb", (path, photo, depth) => { MeshFile.Write(path, depth, photo); return default; }),
    ];

    private const string Depth16 = "png16";

    public static string Default { get; } = string.Join(',', All.Take(2).Select(format => format.Name));

    public static string Names { get; } = string.Join(", ", All.Select(format => format.Name));

    /// <summary>Whether it is the one whose unit the sidecar states.</summary>
    public bool IsDepth16 => Name == Depth16;

    /// <summary>Whether a file is named as what estimate writes.</summary>
    public static bool IsOutput(string path) => path.EndsWith(SidecarSuffix, StringComparison.OrdinalIgnoreCase) || All.Any(format => path.EndsWith(format.Suffix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Formats by their names, separated by commas, each once.</summary>
    /// <exception cref="UsageException">One is unknown, or there is none.</exception>
    public static IReadOnlyList<OutputFormat> Parse(string names)
    {
        List<OutputFormat> formats = [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()
            .Select(name => All.FirstOrDefault(format => format.Name == name) ?? throw new UsageException($"--format '{name}' is unknown; expected {Names}."))];
        return formats.Count > 0 ? formats : throw new UsageException($"--format is empty; expected {Names}.");
    }
}
