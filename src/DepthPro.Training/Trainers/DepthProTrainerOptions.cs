using DepthPro.Training.Data;
using Microsoft.ML;

namespace DepthPro.Training;

/// <summary>What the trainer reads, what it starts from and learns, and what its transformer writes. Immutable, thread-safe if its callbacks are.</summary>
public sealed record DepthProTrainerOptions
{
    /// <summary>The transformer's new column of <see cref="DepthMap"/>s, each of its image's size.</summary>
    public required string OutputColumnName { get; init; }

    /// <summary>The image column: MLImage of any size, upright; null: the column named <see cref="OutputColumnName"/>.</summary>
    public string? InputColumnName { get; init; }

    /// <summary>True depth: <see cref="DepthMap"/> of the image's size, metres; what is NaN or not above 0 is unknown.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Null, or a column of known focal lengths: Single, pixels of the image; NaN: the depth map's. The transformer reads it too, unless <see cref="EstimatesFocalLength"/>.</summary>
    public string? FocalLengthColumnName { get; init; }

    /// <summary>Whether the transformer estimates every focal length, also those that it learnt by.</summary>
    public bool EstimatesFocalLength { get; init; }

    /// <summary>The weights to start from: path of a checkpoint or model folder, or a model, such as <see cref="DepthProModel.Demo"/>. Null: random weights.</summary>
    public TrainingStart? Initial { get; init; }

    /// <summary>What learns, if there is a start and no <see cref="Training"/>.</summary>
    public FineTuning FineTune { get; init; }

    /// <summary>Network, stages, seed, threads. Null: with a start <see cref="DepthTrainingOptions.FineTune"/>, without one <see cref="DepthTrainingOptions.Demo"/>.</summary>
    public DepthTrainingOptions? Training { get; init; }

    /// <summary>Steps of all stages together, instead of the training's own; null: those.</summary>
    public int? Steps { get; init; }

    /// <summary>Minutes of all stages together, instead of the training's own; null: those.</summary>
    public double? Minutes { get; init; }

    /// <summary>Whether the depth was measured; <see cref="TrainingSet.IsReal"/>.</summary>
    public bool IsReal { get; init; }

    /// <summary>Whether the depth is in metres and the focal lengths are known; <see cref="TrainingSet.IsMetric"/>.</summary>
    public bool IsMetric { get; init; } = true;

    /// <summary>How often the rows are drawn, in proportion to the weights of <see cref="OtherSets"/>; above 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Sets to learn from besides the rows, such as synthetic scenes.</summary>
    public IReadOnlyList<TrainingSet> OtherSets { get; init; } = [];

    /// <summary>Null, or rows of the same columns to judge the network by; what counts then is the network at its best by them.</summary>
    public IDataView? Validation { get; init; }

    /// <summary>Where states, checkpoints and, in its folder <c>model</c>, the model go; a training that was begun there with the same options and rows is taken up. Null: a temporary folder, which is
    /// deleted when the transformer is disposed or the training fails; a pipeline that is saved needs a folder that stays.</summary>
    public string? OutputFolder { get; init; }

    /// <summary>Told of each row that cannot be used, and why; null: the first one ends the training.</summary>
    public Action<string>? Skipped { get; init; }

    /// <summary>Told after each step.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Ends the training after the step in hand; <see cref="OutputFolder"/> keeps the state, the last checkpoint and the best.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>How the transformer runs the network.</summary>
    public ScoringOptions Scoring { get; init; } = new();

    /// <summary>Columns of the transformer.</summary>
    internal DepthEstimationOptions Estimation => new()
    {
        OutputColumnName = OutputColumnName,
        InputColumnName = InputColumnName,
        FocalLengthColumnName = EstimatesFocalLength ? null : FocalLengthColumnName,
        Scoring = Scoring,
    };

    /// <summary>Columns to learn from.</summary>
    internal TrainingColumns Columns => new(InputColumnName ?? OutputColumnName, LabelColumnName, FocalLengthColumnName);
}
