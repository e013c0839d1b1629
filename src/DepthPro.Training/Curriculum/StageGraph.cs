using DepthPro.Network;
using DepthPro.Network.Graphs;
using DepthPro.Training.Data;

namespace DepthPro.Training.Curriculum;

/// <summary>What a stage computes: a graph with its loss, and how a photo is written into the graph's inputs. Not thread-safe.</summary>
internal abstract class StageGraph(NetworkConfig config, int photos)
{
    /// <summary>The output of one element that is to become small.</summary>
    public const string LossName = "loss";

    public NetworkConfig Config => config;

    /// <summary>Photos of the graph.</summary>
    public int Photos => photos;

    public abstract (Graph Graph, Value Loss) Build();

    /// <summary>Writes a photo.</summary>
    /// <param name="photo">What to write.</param>
    /// <param name="input">A photo's part of an input, by the input's name.</param>
    /// <param name="random">For what is chosen at random.</param>
    public abstract void Write(PreparedPhoto photo, StageInput input, SeededRandom random);

    public static StageGraph Of(TrainingStage stage, NetworkConfig config, IReadOnlyList<TrainingSet> sets, int photos, float leak) => stage.Task switch
    {
        TrainingTask.EncoderPretraining => new PretrainingGraph(config, photos),
        TrainingTask.FieldOfView => new FieldOfViewGraph(config, photos),
        _ => new DepthGraph(config, photos, stage.Losses, sets, leak),
    };
}

/// <summary>A photo's part of one of a graph's inputs.</summary>
internal delegate Span<float> StageInput(string name);
