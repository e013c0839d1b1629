namespace DepthPro.Training;

/// <summary>How good a network is on photos that it does not learn from. Immutable, thread-safe.</summary>
public sealed record TrainingValidation
{
    /// <summary>Errors of depth with the true focal length, the mean over photos; NaN in a stage that leaves depth as it is.</summary>
    public required double AbsRel { get; init; }

    /// <inheritdoc cref="DepthMetrics.Delta1"/>
    public required double Delta1 { get; init; }

    /// <inheritdoc cref="BoundaryMetrics.F1"/>
    public required double BoundaryF1 { get; init; }

    /// <summary>Mean absolute error of the field of view; NaN in a stage that does not teach it.</summary>
    public required double FieldOfViewErrorDegrees { get; init; }

    /// <summary>Whether it is better than another, by what the stage teaches.</summary>
    internal bool IsBetterThan(TrainingValidation? other)
        => other is null || (double.IsNaN(AbsRel) ? FieldOfViewErrorDegrees < other.FieldOfViewErrorDegrees : AbsRel < other.AbsRel);
}
