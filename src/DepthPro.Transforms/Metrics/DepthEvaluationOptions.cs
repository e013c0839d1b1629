using System.Text.Json.Serialization;

namespace DepthPro;

/// <summary>What CompareDepth and Evaluate compare beside the true depth, and how. Immutable, thread-safe.</summary>
public sealed record DepthEvaluationOptions
{
    /// <summary>Null, or the column of an object's matte, of the prediction's size: Image (grey, black is 0 and white 1; the mean of a pixel's red, green and blue)
    /// or vector of Single (alpha in 0..1, row by row).</summary>
    public string? MaskColumnName { get; init; }

    /// <summary>Null, or the column that tells which pixels of the truth count for the standard metrics, of the truth's size: Image or vector of Single; only pixels above 0
    /// (black) count.</summary>
    public string? ValidMaskColumnName { get; init; }

    /// <summary>Depth range and alignment of the standard metrics.</summary>
    public DepthMetricsOptions Depth { get; init; } = new();

    /// <summary>How contours are found; null leaves the boundaries of the true depth out, as is needed where predictions are not of the truth's size. Mattes are then
    /// compared with the defaults.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] // a saved null must not come back as the default
    public BoundaryOptions? Boundary { get; init; } = new();
}
