namespace DepthPro.Visuals;

/// <summary>Where depths lie between the ends of a colour map: 0 for the farthest, 1 for the nearest. Immutable, thread-safe.</summary>
internal sealed class ColorRange
{
    // Source: ml-depth-pro, cli/run.py.
    private const float ClipNearest = 0.1f, ClipFarthest = 250;

    // A logarithm wants a depth above 0; anything nearer is the nearest anyway.
    private const float LeastMeters = 1e-6f;

    private readonly DepthColorScale _scale;

    // On the scale, on which nearer is more.
    private readonly float _farthest, _nearest;

    private ColorRange(DepthColorScale scale, float farthest, float nearest) => (_scale, _farthest, _nearest) = (scale, farthest, nearest);

    /// <summary>Metres of the last colour; NaN when no depth is known.</summary>
    public double NearestMeters => MetersAt(1);

    /// <summary>Metres of the first colour; NaN when no depth is known.</summary>
    public double FarthestMeters => MetersAt(0);

    /// <summary>The stated ends; for those not stated, the extremes of the known depths, clipped to 0.1 to 250 m. A stated end beyond the other, found one makes a
    /// range of one depth.</summary>
    public static ColorRange Of(ReadOnlySpan<float> meters, DepthColorOptions options)
    {
        options.Validate();
        float? farthest = options.FarthestMeters is { } far ? Along(options.Scale, far) : null;
        float? nearest = options.NearestMeters is { } near ? Along(options.Scale, near) : null;
        if (farthest is null || nearest is null)
        {
            var (min, max) = (float.PositiveInfinity, float.NegativeInfinity);
            foreach (var depth in meters)
            {
                if (float.IsNaN(depth)) { continue; }
                var at = Along(options.Scale, Math.Clamp(depth, ClipNearest, ClipFarthest));
                (min, max) = (Math.Min(min, at), Math.Max(max, at));
            }
            if (min > max) { (min, max) = (float.NaN, float.NaN); }
            (farthest, nearest) = (farthest ?? Math.Min(min, nearest ?? max), nearest ?? Math.Max(max, farthest ?? min));
        }
        return new(options.Scale, farthest ?? float.NaN, nearest ?? float.NaN);
    }

    /// <summary>Inverse depth between two depths, each clipped to 0.1 to 250 m.</summary>
    public static ColorRange BetweenInverse(float nearestMeters, float farthestMeters) =>
        new(DepthColorScale.InverseDepth, Along(DepthColorScale.InverseDepth, farthestMeters), Along(DepthColorScale.InverseDepth, nearestMeters));

    /// <summary>Outside [0, 1] for what is beyond an end; NaN for NaN. In a range of one depth, 0 for that depth and an infinity for others.</summary>
    public float At(float meters) => (Along(_scale, meters) - _farthest) / (_nearest > _farthest ? _nearest - _farthest : float.Epsilon);

    /// <summary>Where a mark stands, 0 to 1. In a range of one depth 0, though rounding takes the mark's depth off the range's.</summary>
    public float PlaceOf(float meters) => _nearest > _farthest ? Math.Clamp(At(meters), 0, 1) : 0;

    /// <summary>Metres at a place between 0 and 1.</summary>
    public double MetersAt(double value)
    {
        var at = _farthest + value * ((double)_nearest - _farthest);
        return _scale switch
        {
            DepthColorScale.Linear => -at,
            DepthColorScale.Logarithmic => Math.Exp(-at),
            _ => 1 / at,
        };
    }

    private static float Along(DepthColorScale scale, float meters) => scale switch
    {
        DepthColorScale.Linear => -meters,
        DepthColorScale.Logarithmic => -MathF.Log(MathF.Max(meters, LeastMeters)),
        _ => 1 / Math.Clamp(meters, ClipNearest, ClipFarthest),
    };
}
