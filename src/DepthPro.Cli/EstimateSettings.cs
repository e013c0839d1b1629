namespace DepthPro.Cli;

/// <summary>What 'estimate' was asked to do.</summary>
internal sealed record EstimateSettings
{
    /// <summary>Files, folders and patterns.</summary>
    public required IReadOnlyList<string> Photos { get; init; }

    /// <summary>Whether subfolders count too.</summary>
    public bool Recursive { get; init; }

    /// <summary>Null: the demo model.</summary>
    public string? Model { get; init; }

    public required string Folder { get; init; }

    public required IReadOnlyList<OutputFormat> Formats { get; init; }

    /// <summary>Pixels of the photos as they are stored; null: EXIF's, or estimated.</summary>
    public float? FocalLength { get; init; }

    /// <summary>The longer side, pixels, that photos are scaled down to; null: they are not.</summary>
    public int? MaxSize { get; init; }

    /// <summary>Whether photos that are done already are left.</summary>
    public bool Resume { get; init; }

    /// <summary>Null: all.</summary>
    public Shard? Shard { get; init; }

    public required ScoringOptions Scoring { get; init; }

    public bool Json { get; init; }

    public bool Verbose { get; init; }
}
