using DepthPro.Training.Data;

namespace DepthPro.Training.Runs;

/// <summary>Refuses options that cannot be trained by. Thread-safe.</summary>
internal static class TrainingCheck
{
    /// <exception cref="ArgumentException">A number is out of range, or nothing is left to learn from; the message names it.</exception>
    public static void Check(DepthTrainingOptions options, IReadOnlyList<TrainingSet> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        options.Network.Validated();
        Require(sets.Count > 0, "sets", "none", "at least one to learn from");
        Require(options.Stages.Count > 0, "Stages", "none", "at least one");
        Require(options.Threads >= 0, "Threads", options.Threads, "at least 0");
        Require(options.Steps is null or > 0, "Steps", options.Steps, "above 0");
        Require(options.Minutes is null or > 0, "Minutes", options.Minutes, "above 0");
        Require(options is not { Steps: not null, Minutes: not null }, "Steps and Minutes", "both given", "one of them");
        Require(options.Leak is >= 0 and < 1, "Leak", options.Leak, "0 to 1");
        foreach (var set in sets) { Require(set.Weight is > 0 and < double.PositiveInfinity, $"Weight of set '{set.Name}'", set.Weight, "above 0"); }
        foreach (var stage in options.Stages)
        {
            Require(stage.Steps > 0, $"Steps of stage '{stage.Name}'", stage.Steps, "above 0");
            Require(stage.Share > 0, $"Share of stage '{stage.Name}'", stage.Share, "above 0");
            Require(stage.PhotosPerStep > 0, $"PhotosPerStep of stage '{stage.Name}'", stage.PhotosPerStep, "above 0");
            Require(stage.EncoderRate is > 0 and < float.PositiveInfinity, $"EncoderRate of stage '{stage.Name}'", stage.EncoderRate, "above 0");
            Require(stage.DecoderRate is > 0 and < float.PositiveInfinity, $"DecoderRate of stage '{stage.Name}'", stage.DecoderRate, "above 0");
            Require(stage.Schedule is { WarmUp: >= 0, Constant: >= 0 } && stage.Schedule.WarmUp + stage.Schedule.Constant <= 1 + 1e-9, $"Schedule of stage '{stage.Name}'", stage.Schedule, "shares of 0 to 1 that make at most 1");
            Require(stage.Augmentation.CropKeeps is { Low: > 0, High: <= 1 }, $"CropKeeps of stage '{stage.Name}'", stage.Augmentation.CropKeeps, "above 0, at most 1");
            StageRun.ShardsOf(stage, options);
            Require(stage.Task != TrainingTask.FieldOfView || options.Network.FieldOfView, $"Task of stage '{stage.Name}'", stage.Task, "another, since the network has fieldOfView false");
            Require(sets.Any(set => !stage.SyntheticOnly || set is { IsReal: false, IsMetric: true }), $"SyntheticOnly of stage '{stage.Name}'", true, "false, or a synthetic metric set");
        }
    }

    private static void Require(bool condition, string member, object? found, string expected)
    {
        if (!condition) { throw new ArgumentException($"Training options: {member} is {found}; expected {expected}."); }
    }
}
