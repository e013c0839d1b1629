using DepthPro.Training.Curriculum;

namespace DepthPro.Training.Runs;

/// <summary>What is told of a step. Thread-safe.</summary>
internal static class StepReport
{
    /// <param name="run">After the step.</param>
    /// <param name="stage">Its stage.</param>
    /// <param name="steps">Of the stage.</param>
    /// <param name="losses">The step's.</param>
    /// <param name="norm">The gradient's.</param>
    /// <param name="validation">What the validation set said after the step; null: it was not asked.</param>
    /// <param name="clock">The stage's.</param>
    public static TrainingProgress Of(StageRun run, TrainingStage stage, int steps, IReadOnlyDictionary<string, float> losses, float norm, TrainingValidation? validation, StageClock clock) => new()
    {
        Stage = stage.Name,
        Step = run.Session.Steps,
        Steps = steps,
        Loss = losses[StageGraph.LossName],
        Terms = losses.Where(term => term.Key != StageGraph.LossName).ToDictionary(),
        GradientNorm = norm,
        LearningRate = stage.Rates((double)(run.Session.Steps - 1) / steps)[^1],
        PhotosPerSecond = clock.PhotosPerSecond,
        Remaining = clock.Remaining(run.Session.Steps),
        Validation = validation,
    };

    /// <summary>Ends a training that goes nowhere any more.</summary>
    /// <exception cref="InvalidOperationException">Loss or gradient is no number; the message tells step, term and the last good state.</exception>
    public static void RequireFinite(StageRun run, TrainingStage stage, IReadOnlyDictionary<string, float> losses, float norm, TrainingFiles files)
    {
        if (float.IsFinite(norm) && float.IsFinite(losses[StageGraph.LossName])) { return; }
        var step = run.Session.Steps + (float.IsFinite(norm) ? 0 : 1); // one whose gradient is no number does not count
        var term = losses.Where(pair => !float.IsFinite(pair.Value)).OrderBy(pair => pair.Key == StageGraph.LossName).Select(pair => $"loss term '{pair.Key}' is {pair.Value}").FirstOrDefault() ?? $"the gradient's norm is {norm}";
        var good = files.HasState ? $"The last good state is '{files.State}', its network '{files.Checkpoint}'." : "No state was kept.";
        throw new InvalidOperationException($"Training stopped in stage '{stage.Name}' at step {step}: {term}. {good} Lower the learning rate, or look for depths or weights that are no numbers.");
    }
}
