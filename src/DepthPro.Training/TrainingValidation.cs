using System.Text.Json.Serialization;

namespace DepthPro.Training;

/// <summary>How good a network is on photos that it does not learn from. Immutable, thread-safe.</summary>
public sealed record TrainingValidation
{
    /// <summary>Error of depth with the true focal length (without a scale, aligned), the mean over photos; NaN in a stage that leaves depth as it is.</summary>
    public required double AbsRel { get; init; }

    /// <inheritdoc cref="DepthMetrics.Delta1"/>
    public required double Delta1 { get; init; }

    /// <inheritdoc cref="BoundaryMetrics.F1"/>
    public required double BoundaryF1 { get; init; }

    /// <summary>Mean absolute error of the field of view; NaN in a stage that does not teach it.</summary>
    public required double FieldOfViewErrorDegrees { get; init; }

    /// <summary>All metrics of depth, at the network's output size; null in a stage that leaves depth as it is, and of a best one that was read from a state.</summary>
    [JsonIgnore]
    public DepthEstimationMetrics? Depth { get; init; }

    /// <summary>All metrics of the focal length; null in a stage that does not teach it, and of a best one that was read from a state.</summary>
    [JsonIgnore]
    public FocalLengthMetrics? FocalLength { get; init; }

    /// <summary>The figures that are known, as in AbsRel 0.213, delta1 0.642, boundary F1 0.105, field of view 4.2 degrees off.</summary>
    public override string ToString()
    {
        static string Part(double value, FormattableString text) => double.IsNaN(value) ? "" : FormattableString.Invariant(text);
        string[] parts =
        [
            Part(AbsRel, $"AbsRel {AbsRel:0.000}"), Part(Delta1, $"delta1 {Delta1:0.000}"), Part(BoundaryF1, $"boundary F1 {BoundaryF1:0.000}"),
            Part(FieldOfViewErrorDegrees, $"field of view {FieldOfViewErrorDegrees:0.0} degrees off"),
        ];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    /// <summary>Whether it is better than another, by what the stage teaches; not if the photos tell nothing of that.</summary>
    internal bool IsBetterThan(TrainingValidation? other)
    {
        static double Error(TrainingValidation? of) => of is null ? double.PositiveInfinity : double.IsNaN(of.AbsRel) ? of.FieldOfViewErrorDegrees : of.AbsRel;
        return Error(this) < Error(other);
    }
}
