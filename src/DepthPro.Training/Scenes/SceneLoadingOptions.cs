namespace DepthPro.Training.Scenes;

/// <summary>Which scenes to load, at which size, into which columns. Immutable, thread-safe.</summary>
public sealed record SceneLoadingOptions
{
    /// <summary>How many rows; at least 0.</summary>
    public required int Count { get; init; }

    /// <summary>Seed of the first row's scene; each further row has the next one.</summary>
    public long FirstSeed { get; init; } = 1;

    /// <summary>What scenes are drawn from.</summary>
    public SceneOptions Scenes { get; init; } = SceneOptions.Plain;

    /// <summary>Of the pictures, pixels; positive.</summary>
    public int Width { get; init; } = 384;

    /// <summary>Of the pictures, pixels; positive.</summary>
    public int Height { get; init; } = 256;

    /// <summary>Whether each picture is the scene's photo of its own aspect ratio, squashed to the size, as a network input is. Otherwise pixels are square.</summary>
    public bool Squash { get; init; }

    /// <summary>Name of the column of photos: MLImage of the size above.</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>Name of the column of exact depth: <see cref="DepthMap"/>.</summary>
    public string DepthColumnName { get; init; } = "Depth";

    /// <summary>Name of the column of true focal lengths: Single, pixels of a row.</summary>
    public string FocalLengthColumnName { get; init; } = "FocalLength";
}
