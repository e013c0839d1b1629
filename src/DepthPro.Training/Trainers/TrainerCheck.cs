using DepthPro.Network;
using DepthPro.Training.Data;

namespace DepthPro.Training.Trainers;

/// <summary>What a trainer's options come down to. Thread-safe.</summary>
internal static class TrainerCheck
{
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    public static void Check(DepthProTrainerOptions options)
    {
        if (options is { Initial: null, FineTune: not FineTuning.All }) { throw new ArgumentException($"{nameof(options.FineTune)} is {options.FineTune}, and {nameof(options.Initial)} is null; expected weights that have learnt before, or {FineTuning.All}."); }
        if (options is { Training: not null, FineTune: not FineTuning.All }) { throw new ArgumentException($"{nameof(options.FineTune)} is {options.FineTune}, and {nameof(options.Training)} has stages of its own; expected one of them ({nameof(DepthTrainingOptions)}.{nameof(DepthTrainingOptions.FineTune)} makes stages to change)."); }
        if (options is { Steps: not null, Minutes: not null }) { throw new ArgumentException($"{nameof(options.Steps)} is {options.Steps} and {nameof(options.Minutes)} {options.Minutes}; expected one of them."); }
    }

    /// <summary>The sizes of the network to train.</summary>
    /// <exception cref="ArgumentException">The transformer could not estimate with it.</exception>
    public static NetworkConfig NetworkOf(DepthProTrainerOptions options)
    {
        var network = options.Training?.Network ?? options.Initial?.Network ?? DepthTrainingOptions.Demo.Network;
        return network.FieldOfView || options.Estimation.FocalLengthColumnName is not null ? network
            : throw new ArgumentException($"The network has fieldOfView false, and the transformer is given no focal lengths; name their column in {nameof(options.FocalLengthColumnName)}, or train a network that estimates them.");
    }

    /// <summary>The training, without those of the usual stages for which the data hold nothing.</summary>
    /// <exception cref="ArgumentException">No stage is left.</exception>
    public static DepthTrainingOptions TrainingOf(DepthProTrainerOptions options, NetworkConfig network, RowTrainingSet rows)
    {
        var training = options.Training ?? Usual(options, network, rows);
        return options switch
        {
            { Steps: { } steps } => training with { Steps = steps, Minutes = null },
            { Minutes: { } minutes } => training with { Steps = null, Minutes = minutes },
            _ => training,
        };
    }

    private static DepthTrainingOptions Usual(DepthProTrainerOptions options, NetworkConfig network, RowTrainingSet rows)
    {
        var usual = options.Initial is null ? DepthTrainingOptions.Demo with { ValidateEachEpoch = true } : DepthTrainingOptions.FineTune(network, options.FineTune);
        var isSynthetic = options.OtherSets.Append(rows).Any(set => set is { IsReal: false, IsMetric: true });
        var knowsFieldsOfView = rows.KnowsFieldsOfView || options.OtherSets.Count > 0;
        TrainingStage[] stages = [.. usual.Stages.Where(stage => (isSynthetic || !stage.SyntheticOnly) && (knowsFieldsOfView || stage.Task != TrainingTask.FieldOfView))];
        return stages.Length > 0 ? usual with { Stages = stages }
            : throw new ArgumentException($"The focal length of none of the {rows.Count} rows is known, by which the focal head could learn; name their column in {nameof(options.FocalLengthColumnName)}, or give depth maps that have one.");
    }
}
