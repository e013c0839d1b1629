namespace DepthPro;

/// <summary>How depth becomes colour. The defaults are the reference's. Immutable, thread-safe.</summary>
/// <remarks>Source of the defaults: ml-depth-pro, <c>cli/run.py</c>.</remarks>
public sealed record DepthColorOptions
{
    /// <summary>The colours, from far to near.</summary>
    public DepthColormap Colormap { get; init; }

    /// <summary>What equal steps of colour stand for.</summary>
    public DepthColorScale Scale { get; init; }

    /// <summary>Metres, finite, above 0; this depth and what is nearer has the last colour. Null: the map's nearest known depth, but at least 0.1 m. State both
    /// ends to compare several maps by colour.</summary>
    public float? NearestMeters { get; init; }

    /// <summary>Metres, finite, at least <see cref="NearestMeters"/>; this depth and what is farther has the first colour. Null: the map's farthest known depth, but
    /// at most 250 m. With <see cref="DepthColorScale.InverseDepth"/> what is beyond 250 m always has the colour of 250 m.</summary>
    public float? FarthestMeters { get; init; }

    /// <summary>Whether a strip is added at the right that shows the colours with round depths in metres; the picture becomes wider by it, not higher.</summary>
    public bool ScaleBar { get; init; }

    internal void Validate()
    {
        RequireDefined(Colormap, nameof(Colormap));
        RequireDefined(Scale, nameof(Scale));
        RequireDepth(NearestMeters, nameof(NearestMeters));
        RequireDepth(FarthestMeters, nameof(FarthestMeters));
        if (NearestMeters > FarthestMeters)
        {
            throw new ArgumentOutOfRangeException(nameof(NearestMeters), (NearestMeters, FarthestMeters),
                FormattableString.Invariant($"Colours go from {NearestMeters} to {FarthestMeters} m; expected {nameof(NearestMeters)} to be at most {nameof(FarthestMeters)}."));
        }
    }

    private static void RequireDefined<TEnum>(TEnum value, string name)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; expected one of {string.Join(", ", Enum.GetNames<TEnum>())}.");
        }
    }

    private static void RequireDepth(float? meters, string name)
    {
        if (meters is { } stated && !(stated > 0 && float.IsFinite(stated)))
        {
            throw new ArgumentOutOfRangeException(name, meters, FormattableString.Invariant($"{name} is {stated} m; expected a finite depth above 0, or null for the map's own."));
        }
    }
}
