using DepthPro.Network.Checkpoints;
using DepthPro.Training.Tests.Data;

namespace DepthPro.Training.Tests.Runs;

/// <summary>Trainings of the smallest network for a few steps.</summary>
internal static class TinyRuns
{
    public static TrainingStage Stage(TrainingTask task, int steps, string? name = null) => new()
    {
        Name = name ?? $"{task}",
        Task = task,
        Steps = steps,
        PhotosPerStep = 2,
        EncoderRate = 0.003f,
        DecoderRate = 0.003f,
        Schedule = new() { WarmUp = 0, Constant = 1 },
        Losses = new() { Mae = 1 },
        FreezeNorms = false,
    };

    public static DepthTrainingOptions Options(params TrainingStage[] stages) => new() { Network = Networks.Tiny, Stages = stages, Threads = 2, SecondsBetweenStates = double.MaxValue };

    /// <summary>Trains to the end.</summary>
    public static Dictionary<string, float[]> Train(DepthTrainingOptions options, Action<TrainingProgress>? told = null, TrainingStart? initial = null, string? folder = null, CancellationToken cancellation = default)
    {
        var training = new DepthTraining(options, [new MadeUpSet()], initial: initial, folder: folder);
        training.Run(new Told(told ?? (_ => { })), cancellation);
        return Weights(training);
    }

    public static Dictionary<string, float[]> Weights(DepthTraining training)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.safetensors");
        try
        {
            training.Save(path);
            return Weights(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static Dictionary<string, float[]> Weights(string path)
    {
        using var checkpoint = Checkpoint.Open(path);
        return checkpoint.Tensors.Values.ToDictionary(tensor => tensor.Name, tensor =>
        {
            var values = new float[tensor.Count];
            checkpoint.Read(tensor.Name, values);
            return values;
        });
    }

    /// <summary>Told at once and on the training's thread, unlike System.Progress.</summary>
    public sealed class Told(Action<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told(value);
    }
}
