using System.Text.Json.Serialization;

namespace DepthPro;

/// <summary>What EstimateDepth reads and writes, and the network it runs. Immutable, thread-safe.</summary>
public sealed record DepthEstimationOptions
{
    /// <summary>The new column of <see cref="DepthMap"/>s, each of its image's size.</summary>
    public required string OutputColumnName { get; init; }

    /// <summary>The image column; null: the column named <see cref="OutputColumnName"/>.</summary>
    public string? InputColumnName { get; init; }

    /// <summary>Null, or a column of known focal lengths (Single, pixels of the image; NaN: estimate it). Where a text column of this name with
    /// <c>.Source</c> is present, as LoadPhotos makes it, it gives <see cref="DepthMap.FocalLengthSource"/>; otherwise the focal lengths count as given.</summary>
    public string? FocalLengthColumnName { get; init; }

    /// <summary>Null, or the new column of the horizontal field of view: Single, degrees.</summary>
    public string? FieldOfViewOutputColumnName { get; init; }

    /// <summary>Null, or the new column of the focal length that the depth rests on: Single, pixels of the image.</summary>
    public string? FocalLengthOutputColumnName { get; init; }

    /// <summary>Null, or the new column of the image encoder's class token: Vector&lt;Single, width&gt;; see <see cref="ImageFeatures"/>. It comes of the same run of the network.</summary>
    public string? ClassTokenOutputColumnName { get; init; }

    /// <summary>Null, or the new column of the mean of the image encoder's other tokens: Vector&lt;Single, width&gt;.</summary>
    public string? PooledTokensOutputColumnName { get; init; }

    /// <summary>Null, or the new column of the image encoder's other tokens: Vector&lt;Single, grid, grid, width&gt;.</summary>
    public string? TokenGridOutputColumnName { get; init; }

    /// <summary>The model; the embedded demo model unless given. A saved pipeline keeps the demo model by name, any other by path and hash.</summary>
    [JsonIgnore]
    public DepthProModel Model { get => field ?? DepthProModel.Demo; init; }

    /// <summary>How the network runs. A saved pipeline keeps all but the device, which is chosen anew where it is loaded.</summary>
    public ScoringOptions Scoring { get; init; } = new();
}
