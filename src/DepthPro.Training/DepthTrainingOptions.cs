using System.Text.Json.Serialization;
using DepthPro.Network;

namespace DepthPro.Training;

/// <summary>How a network is trained. Immutable, thread-safe.</summary>
public sealed record DepthTrainingOptions
{
    // Table 16: an epoch has 72,000 photos, a step 128.
    private const int PaperEpoch = 72_000, PaperPhotosPerStep = 128;

    /// <summary>The paper's network and curriculum (tables 16 and 17); the field-of-view stage, of which it gives no length, has 20 epochs. For many GPUs and weeks.</summary>
    public static DepthTrainingOptions Paper { get; } = new()
    {
        Network = new(),
        Leak = 0,
        Stages =
        [
            new() { Name = "stage 1", Task = TrainingTask.Depth, Steps = 250 * PaperEpoch / PaperPhotosPerStep, Share = 250 },
            new() { Name = "stage 2", Task = TrainingTask.Depth, Steps = 100 * PaperEpoch / PaperPhotosPerStep, Share = 100, SyntheticOnly = true, Losses = DepthLossWeights.Stage2 },
            new() { Name = "field of view", Task = TrainingTask.FieldOfView, Steps = 20 * PaperEpoch / PaperPhotosPerStep, Share = 20 },
        ],
    };

    /// <summary>The demo model's: a miniature of the network, trained from nothing in a few hours on two cores.</summary>
    public static DepthTrainingOptions Demo { get; } = new()
    {
        Network = new NetworkConfig
        {
            Vit = new() { ImageSize = 64, PatchSize = 8, Width = 64, Depth = 3, Heads = 2 },
            HookBlocks = [0, 1],
            EncoderDims = [16, 32, 48, 64],
            DecoderWidth = 16,
            HeadWidths = [16, 1],
            Upsampling = 2,
        }.Validated(),
        Stages =
        [
            DemoStage("encoder", TrainingTask.EncoderPretraining, steps: 4_000, share: 5),
            DemoStage("stage 1", TrainingTask.Depth, steps: 4_000, share: 45) with { Losses = DepthLossWeights.Stage1 with { SsiMage = 0.25f } },
            // Unlike the paper's: squares of table tops' inverse depths would outweigh all else, and at the first stage's rates most of it is forgotten.
            DemoStage("stage 2", TrainingTask.Depth, steps: 8_000, share: 45) with
            {
                Losses = DepthLossWeights.Stage2 with { Mse = 0.1f, SsiMage = 1 },
                SyntheticOnly = true,
                EncoderRate = 4e-4f,
                DecoderRate = 4e-4f,
            },
            DemoStage("field of view", TrainingTask.FieldOfView, steps: 12_000, share: 5),
        ],
    };

    /// <summary>Goes on with a network that has learnt already: at low rates that rise slowly, so that it forgets little, for some hundred steps of 8 photos, so that a few dozen photos do; it is
    /// judged after each epoch. With the demo model that takes minutes.</summary>
    /// <param name="network">Its sizes.</param>
    /// <param name="learns">What of it learns.</param>
    /// <exception cref="ArgumentException">The focal head is to learn of a network without one, or there is no such part.</exception>
    public static DepthTrainingOptions FineTune(NetworkConfig network, FineTuning learns = FineTuning.All)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (learns == FineTuning.FocalHead && !network.FieldOfView) { throw new ArgumentException("The network has fieldOfView false; it has no focal head that could learn.", nameof(learns)); }
        var fieldOfView = FineTuningStage("field of view", TrainingTask.FieldOfView, share: 1);
        return new()
        {
            Network = network,
            ValidateEachEpoch = true,
            KeepsBest = true,
            Stages = learns switch
            {
                FineTuning.All => [FineTuningStage("depth", TrainingTask.Depth, share: 3), .. network.FieldOfView ? [fieldOfView] : Array.Empty<TrainingStage>()],
                FineTuning.DecoderAndHead => [FineTuningStage("decoder", TrainingTask.Decoder, share: 1)],
                FineTuning.FocalHead => [fieldOfView],
                _ => throw new ArgumentOutOfRangeException(nameof(learns), learns, $"expected one of {string.Join(", ", Enum.GetNames<FineTuning>())}"),
            },
        };
    }

    /// <summary>The network's sizes.</summary>
    public required NetworkConfig Network { get; init; }

    /// <summary>What is learnt, one after the other.</summary>
    public required IReadOnlyList<TrainingStage> Stages { get; init; }

    /// <summary>Of everything that is drawn at random. The same seed, threads and data give the same weights, bit for bit.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; each computes its part of a step's photos. 0: one for each processor core, at most as many as photos of a step allow.</summary>
    public int Threads { get; init; }

    /// <summary>Null: the stages' own steps. Otherwise the steps of all stages together, shared out by <see cref="TrainingStage.Share"/>.</summary>
    public int? Steps { get; init; }

    /// <summary>Null: the stages' own steps. Otherwise the minutes that all stages take together, shared out by <see cref="TrainingStage.Share"/>; a stage's first steps tell how many
    /// they are on this machine.</summary>
    public double? Minutes { get; init; }

    /// <summary>Slope of the depth head's last activation below 0 while training (<see cref="Network.Modules.DepthHead.Estimate"/>); the paper's is 0.</summary>
    public float Leak { get; init; } = 0.1f;

    /// <summary>How often in a stage the validation set, if there is one, is looked at; evenly, the last time at the end.</summary>
    public int Validations { get; init; } = 8;

    /// <summary>Whether the validation set is looked at after each epoch instead, as many photos as all sets together have; sets without end have no epochs.</summary>
    [JsonIgnore]
    public bool ValidateEachEpoch { get; init; }

    /// <summary>Whether a stage ends with the weights that the validation set found best, instead of the last ones: for few photos, which a network soon knows by heart.</summary>
    public bool KeepsBest { get; init; }

    /// <summary>Seconds between two states that a killed run can resume from, at most.</summary>
    public double SecondsBetweenStates { get; init; } = 60;

    /// <summary>Where it runs; null: on the CPU, in <see cref="Threads"/>.</summary>
    public DeviceOptions? Device { get; init; }

    /// <summary>A stage's steps, unless minutes are given, which a machine turns into steps as it goes.</summary>
    internal int StepsOf(TrainingStage stage)
        => Steps is { } steps ? Math.Max(1, (int)Math.Round(steps * stage.Share / Stages.Sum(s => s.Share))) : stage.Steps;

    private static TrainingStage FineTuningStage(string name, TrainingTask task, double share) => new()
    {
        Name = name,
        Task = task,
        Steps = (int)(100 * share),
        Share = share,
        PhotosPerStep = 8,
        EncoderRate = 2e-5f,
        DecoderRate = 1e-4f,
        Schedule = new() { WarmUp = 0.1, Constant = 0.4, Final = 0.01, Gradual = true },
    };

    private static TrainingStage DemoStage(string name, TrainingTask task, int steps, double share) => new()
    {
        Name = name,
        Task = task,
        Steps = steps,
        Share = share,
        PhotosPerStep = 8,
        EncoderRate = 1e-3f,
        DecoderRate = 1e-3f,
        Schedule = new() { WarmUp = 0.02, Constant = 0.28, Final = 0.01, Gradual = true },
        Augmentation = new() { CropShare = 0 }, // scenes have fields of view of their own
        Adam = new() { LargestNorm = 1 },
        FreezeNorms = false,
    };
}
