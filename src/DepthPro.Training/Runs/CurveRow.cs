namespace DepthPro.Training.Runs;

/// <summary>What is kept of a step for the curves.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Step">Number of the step in its stage, from 1.</param>
/// <param name="Seconds">Since the training began, without the time between its runs.</param>
/// <param name="Loss">The step's.</param>
/// <param name="Terms">What the loss is made of, unweighted.</param>
/// <param name="Norm">Of the gradient.</param>
/// <param name="Rate">Of learning.</param>
/// <param name="PhotosPerSecond">Speed.</param>
/// <param name="Validation">Null: it was not asked.</param>
internal sealed record CurveRow(string Stage, int Step, double Seconds, float Loss, IReadOnlyDictionary<string, float> Terms, float Norm, float Rate, double PhotosPerSecond, TrainingValidation? Validation)
{
    public static CurveRow Of(TrainingProgress progress, double seconds) => new(progress.Stage, progress.Step, seconds, progress.Loss, progress.Terms, progress.GradientNorm, progress.LearningRate, progress.PhotosPerSecond, progress.Validation);
}
