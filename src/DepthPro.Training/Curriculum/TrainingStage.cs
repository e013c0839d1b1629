namespace DepthPro.Training;

/// <summary>What a stage teaches.</summary>
public enum TrainingTask
{
    /// <summary>The patch encoder alone, on single patches by a linear head that is thrown away; then the other encoders become copies of it. In place of weights that were trained before.</summary>
    EncoderPretraining,

    /// <summary>All of the network but the field-of-view head.</summary>
    Depth,

    /// <summary>Decoder and head, the encoders as they are.</summary>
    Decoder,

    /// <summary>The field-of-view head and its encoder, all else as it is.</summary>
    FieldOfView,
}

/// <summary>A part of a training: what is learnt, from what, how fast and for how long. The defaults are the paper's (tables 16 and 17). Immutable, thread-safe.</summary>
public sealed record TrainingStage
{
    /// <summary>For messages and curves.</summary>
    public required string Name { get; init; }

    /// <summary>What it teaches.</summary>
    public required TrainingTask Task { get; init; }

    /// <summary>Steps, where neither minutes nor a number of steps is given for the training as a whole; these are shared out by <see cref="Share"/>.</summary>
    public required int Steps { get; init; }

    /// <summary>Part of the training's minutes, or of its steps, in proportion to the other stages'.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Photos of a step; a multiple of the threads.</summary>
    public int PhotosPerStep { get; init; } = 128;

    /// <summary>Learning rate of the vision transformers.</summary>
    public float EncoderRate { get; init; } = 1.28e-5f;

    /// <summary>Learning rate of all else.</summary>
    public float DecoderRate { get; init; } = 1.28e-4f;

    /// <summary>How both rates change over the stage.</summary>
    public LearningRateSchedule Schedule { get; init; } = new();

    /// <summary>Weights of the losses of depth.</summary>
    public DepthLossWeights Losses { get; init; } = DepthLossWeights.Stage1;

    /// <summary>Whether only sets of synthetic metric depth are drawn from.</summary>
    public bool SyntheticOnly { get; init; }

    /// <summary>How photos are changed.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>Adam and the gradient's largest norm.</summary>
    public AdamOptions Adam { get; init; } = new() { LargestNorm = 0.2f };

    /// <summary>Whether the vision transformers' LayerNorms keep their weights, as those of pre-trained ones do.</summary>
    public bool FreezeNorms { get; init; } = true;

    /// <summary>The parameters that learn.</summary>
    internal IReadOnlyList<ParameterGroup> Groups()
    {
        static bool In(string path, params string[] places) => places.Any(place => path.StartsWith(place, StringComparison.Ordinal));
        bool Learns(string path) => !FreezeNorms || !path.Contains(".norm", StringComparison.Ordinal);
        static bool IsEncoder(string path) => In(path, "encoder.patch_encoder.", "encoder.image_encoder.");
        return Task switch
        {
            TrainingTask.EncoderPretraining => [ParameterGroup.All],
            TrainingTask.Depth => [new("encoders", path => IsEncoder(path) && Learns(path)), new("decoder", path => !IsEncoder(path))],
            TrainingTask.Decoder => [new("decoder", path => !IsEncoder(path))],
            _ => [new("field-of-view encoder", path => In(path, "fov.encoder.0.") && Learns(path)), new("field-of-view head", path => In(path, "fov.") && !In(path, "fov.encoder.0."))],
        };
    }

    /// <summary>The groups' learning rates.</summary>
    /// <param name="progress">Share of the stage's steps that are done.</param>
    internal float[] Rates(double progress)
    {
        var factor = (float)Schedule.At(progress);
        return Task switch
        {
            TrainingTask.EncoderPretraining => [EncoderRate * factor],
            TrainingTask.Decoder => [DecoderRate * factor],
            _ => [EncoderRate * factor, DecoderRate * factor],
        };
    }
}
