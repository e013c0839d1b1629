using System.Text.Json.Nodes;
using DepthPro.Network;
using DepthPro.Training;

namespace DepthPro.Cli;

/// <summary>The sizes of the network to train, as text and from files.</summary>
internal static class TrainNetwork
{
    /// <summary>What --initial may be besides a file.</summary>
    public const string Demo = "demo";

    /// <summary>The sizes alone, as network.json has them.</summary>
    public static JsonObject ToJson(NetworkConfig config)
    {
        var json = JsonNode.Parse(new ModelManifest { Network = config }.ToJson())?.AsObject() ?? [];
        foreach (var other in (string[])["formatVersion", "files"]) { json.Remove(other); }
        return json;
    }

    /// <exception cref="InvalidDataException">They are no sizes.</exception>
    public static NetworkConfig OfJson(JsonObject? json) => ModelManifest.Parse((json ?? []).ToJsonString(), $"{TrainSettings.FileName}, network").Network;

    /// <summary>Where a training starts.</summary>
    /// <param name="initial">A checkpoint, a model folder, or <see cref="Demo"/>.</param>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static TrainingStart Start(string initial)
    {
        if (initial == Demo && !Path.Exists(initial)) { return TrainingStart.FromModel(DepthProModel.Demo); }
        return Path.Exists(initial) ? (TrainingStart)initial
            : throw new UsageException($"--initial '{initial}' does not exist; expected a checkpoint (.pt or .safetensors), a model folder, or '{Demo}' for the demo model.");
    }
}
