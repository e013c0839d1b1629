namespace DepthPro;

/// <summary>The depth range in which the paper evaluates on a data set. Immutable, thread-safe.</summary>
/// <remarks>Source: paper, table 18 (the protocol of table 1); no alignment.</remarks>
public sealed record EvaluationPreset
{
    private EvaluationPreset(string name, float minDepth, float maxDepth) => (Name, MinDepth, MaxDepth) = (name, minDepth, maxDepth);

    /// <summary>Booster: 0.001 to 10 m.</summary>
    public static EvaluationPreset Booster { get; } = new("booster", 0.001f, 10);

    /// <summary>ETH3D: 0.1 to 200 m.</summary>
    public static EvaluationPreset Eth3d { get; } = new("eth3d", 0.1f, 200);

    /// <summary>iBims: 0.1 to 10 m.</summary>
    public static EvaluationPreset Ibims { get; } = new("ibims", 0.1f, 10);

    /// <summary>Middlebury: 0.001 to 10 m.</summary>
    public static EvaluationPreset Middlebury { get; } = new("middlebury", 0.001f, 10);

    /// <summary>nuScenes: 0.001 to 80 m.</summary>
    public static EvaluationPreset NuScenes { get; } = new("nuscenes", 0.001f, 80);

    /// <summary>Sintel: 0.01 to 80 m.</summary>
    public static EvaluationPreset Sintel { get; } = new("sintel", 0.01f, 80);

    /// <summary>Sun-RGBD: 0.001 to 10 m.</summary>
    public static EvaluationPreset SunRgbd { get; } = new("sunrgbd", 0.001f, 10);

    /// <summary>All of them, in the paper's order.</summary>
    public static IReadOnlyList<EvaluationPreset> All { get; } = [Booster, Eth3d, Ibims, Middlebury, NuScenes, Sintel, SunRgbd];

    /// <summary>The name by which it is asked for: lower case letters and digits.</summary>
    public string Name { get; }

    /// <summary>Nearest depth that counts, metres.</summary>
    public float MinDepth { get; }

    /// <summary>Farthest depth that counts, metres.</summary>
    public float MaxDepth { get; }

    /// <summary>The options that follow from it.</summary>
    public DepthMetricsOptions Options => new() { MinDepth = MinDepth, MaxDepth = MaxDepth };

    /// <summary>The preset of a name, in whatever case.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public static EvaluationPreset Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(preset => preset.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no evaluation preset '{name}'; expected one of {string.Join(", ", All.Select(preset => preset.Name))}.", nameof(name));
    }
}
