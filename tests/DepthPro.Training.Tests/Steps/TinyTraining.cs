using DepthPro.Network.Checkpoints;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Training.Gradients;
using DepthPro.Training.Tests.Gradients;

namespace DepthPro.Training.Tests.Steps;

/// <summary>Sessions that train the smallest network on random photos.</summary>
internal static class TinyTraining
{
    public static readonly DeviceOptions OneThread = new() { Device = ExecutionDevice.Cpu, Threads = 1 };

    /// <param name="groups">Null for one that holds all parameters.</param>
    /// <param name="photos">Of each shard.</param>
    /// <param name="shards">Photos of all of them are the same as of one shard with as many.</param>
    /// <param name="adam">Null for the defaults.</param>
    /// <param name="atOnce">How many shards run at once.</param>
    public static TrainingSession Session(IReadOnlyList<ParameterGroup>? groups = null, int photos = 1, int shards = 1, AdamOptions? adam = null, int atOnce = 0)
    {
        var config = Networks.Tiny with { FieldOfView = false };
        var graph = new Graph("training");
        var (prediction, _) = DepthProNetwork.Estimate(graph.Input("pixels", photos, 3, config.InputSize, config.InputSize), config, leak: 0.1f);
        var loss = (prediction - graph.Input("truth", prediction.Shape.ToArray())).Square().Mean(0, 1, 2, 3).Reshape(1);
        graph.Output("loss", loss);
        var parameters = graph.Parameters.ToDictionary(parameter => parameter.Path);
        var session = new TrainingSession(graph, loss, groups ?? [ParameterGroup.All], (name, values) => Networks.RandomWeights(parameters[name], values), adam, OneThread, shards, atOnce);
        FiniteDifferences.Random(new(3), session.Input("pixels").Length).Select(x => (float)x).ToArray().CopyTo(session.Input("pixels"));
        session.Input("truth").Fill(0.5f);
        return session;
    }

    /// <summary>The parameters as a checkpoint has them.</summary>
    public static Dictionary<string, float[]> Saved(TrainingSession session)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.safetensors");
        try
        {
            session.Save(path);
            using var checkpoint = Checkpoint.Open(path);
            return checkpoint.Tensors.Values.ToDictionary(tensor => tensor.Name, tensor =>
            {
                var values = new float[tensor.Count];
                checkpoint.Read(tensor.Name, values);
                return values;
            });
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static void AssertSame(Dictionary<string, float[]> expected, Dictionary<string, float[]> got) => Assert.All(expected, tensor => Assert.Equal(tensor.Value, got[tensor.Key]));
}
