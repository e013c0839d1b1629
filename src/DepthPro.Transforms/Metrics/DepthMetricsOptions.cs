namespace DepthPro;

/// <summary>Which pixels count, and what the prediction is forgiven. Immutable, thread-safe.</summary>
public sealed record DepthMetricsOptions
{
    /// <summary>Pixels whose true depth, metres, is below this do not count, and predictions are raised to it; finite, above 0.</summary>
    public float MinDepth { get; init; } = 1e-4f;

    /// <summary>Pixels whose true depth, metres, is above this do not count, and predictions are lowered to it; finite, at least
    /// <see cref="MinDepth"/>.</summary>
    public float MaxDepth { get; init; } = 1e4f;

    /// <summary>What the prediction is forgiven.</summary>
    public DepthAlignment Alignment { get; init; }

    internal void Validate()
    {
        if (!(MinDepth > 0 && MinDepth <= MaxDepth && float.IsFinite(MaxDepth)))
        {
            throw new ArgumentOutOfRangeException(nameof(MinDepth), (MinDepth, MaxDepth),
                $"Depth range is {MinDepth} to {MaxDepth} m; expected finite depths with 0 < {nameof(MinDepth)} <= {nameof(MaxDepth)}.");
        }
        if (!Enum.IsDefined(Alignment))
        {
            throw new ArgumentOutOfRangeException(nameof(Alignment), Alignment, $"Alignment is {Alignment}; expected one of {string.Join(", ", Enum.GetNames<DepthAlignment>())}.");
        }
    }
}
