using System.Globalization;
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

    /// <summary>The figures in a line.</summary>
    public override string ToString() => double.IsNaN(AbsRel)
        ? string.Create(CultureInfo.InvariantCulture, $"field of view {FieldOfViewErrorDegrees:f2} degrees off")
        : string.Create(CultureInfo.InvariantCulture, $"AbsRel {AbsRel:f4}, delta1 {Delta1:f4}, boundary F1 {BoundaryF1:f4}");

    /// <summary>Whether it is better than another, by what the stage teaches; not if the photos tell nothing of that.</summary>
    internal bool IsBetterThan(TrainingValidation? other)
    {
        static double Error(TrainingValidation? of) => of is null ? double.PositiveInfinity : double.IsNaN(of.AbsRel) ? of.FieldOfViewErrorDegrees : of.AbsRel;
        return Error(this) < Error(other);
    }
}
