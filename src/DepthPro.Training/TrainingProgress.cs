namespace DepthPro.Training;

/// <summary>How far a training is, told after each step. Immutable, thread-safe.</summary>
public sealed record TrainingProgress
{
    /// <summary>Name of the stage.</summary>
    public required string Stage { get; init; }

    /// <summary>Steps of the stage that are done.</summary>
    public required int Step { get; init; }

    /// <summary>Steps of the stage.</summary>
    public required int Steps { get; init; }

    /// <summary>The step's loss.</summary>
    public required float Loss { get; init; }

    /// <summary>The losses that it is made of, by name, unweighted.</summary>
    public required IReadOnlyDictionary<string, float> Terms { get; init; }

    /// <summary>The gradient's norm before it is clipped.</summary>
    public required float GradientNorm { get; init; }

    /// <summary>The decoder's or, where that does not learn, the encoder's.</summary>
    public required float LearningRate { get; init; }

    /// <summary>Photos per second, over the last steps.</summary>
    public required double PhotosPerSecond { get; init; }

    /// <summary>Until the training's end, by the speed so far; null while unknown.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>What the validation set said after this step; null if it was not asked.</summary>
    public TrainingValidation? Validation { get; init; }
}
