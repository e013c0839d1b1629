namespace DepthPro.Training;

/// <summary>How far a training is.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Step">Steps of the stage that are done.</param>
/// <param name="Steps">Steps of the stage; null while it is not known how many are done in its minutes.</param>
public readonly record struct TrainingPosition(string Stage, int Step, int? Steps)
{
    /// <summary>As in stage 1, step 340 of 6000.</summary>
    public override string ToString() => $"{Stage}, step {Step}{(Steps is { } steps ? $" of {steps}" : "")}";
}
