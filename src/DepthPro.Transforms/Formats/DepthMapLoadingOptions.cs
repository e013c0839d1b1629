namespace DepthPro;

/// <summary>What LoadDepthMaps reads and writes. Immutable, thread-safe.</summary>
public sealed record DepthMapLoadingOptions
{
    /// <summary>The new column: DepthMap.</summary>
    public required string OutputColumnName { get; init; }

    /// <summary>Paths (text); null: the column named <see cref="OutputColumnName"/>.</summary>
    public string? InputColumnName { get; init; }

    /// <summary>The folder that relative paths start from; null: the current folder.</summary>
    public string? DepthFolder { get; init; }

    /// <summary>What the files do not say of themselves.</summary>
    public DepthFileOptions File { get; init; } = new();
}
