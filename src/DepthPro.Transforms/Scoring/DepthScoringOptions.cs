using System.Text.Json.Serialization;

namespace DepthPro;

/// <summary>What ScoreDepthPro reads and writes, and the network it runs. Immutable, thread-safe.</summary>
public sealed record DepthScoringOptions
{
    /// <summary>The new column of canonical inverse depth: Vector&lt;Single, O, O&gt;.</summary>
    public required string OutputColumnName { get; init; }

    /// <summary>The network input, Vector&lt;Single, 3, S, S&gt;, or its patches, Vector&lt;Single, 35, 3, P, P&gt;; null: the column named <see cref="OutputColumnName"/>.</summary>
    public string? InputColumnName { get; init; }

    /// <summary>Null, or the new column of the estimated horizontal field of view: Single, degrees. It is estimated only where it is read.</summary>
    public string? FieldOfViewOutputColumnName { get; init; }

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
