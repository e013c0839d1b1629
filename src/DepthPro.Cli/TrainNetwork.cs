using System.Text.Json.Nodes;
using DepthPro.Network;
using DepthPro.Network.Checkpoints;

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

    /// <summary>Sizes of the network that a training starts from; the published network's where a checkpoint carries none.</summary>
    /// <exception cref="InvalidDataException">The checkpoint is damaged.</exception>
    /// <exception cref="UsageException">There is no such checkpoint.</exception>
    public static NetworkConfig Of(string initial) => WithCheckpoint(initial, path =>
    {
        using var checkpoint = Checkpoint.Open(path);
        return ModelConverter.ConfigOf(checkpoint) ?? new();
    });

    /// <summary>Does something with the checkpoint that a training starts from.</summary>
    /// <exception cref="UsageException">There is no such checkpoint.</exception>
    public static T WithCheckpoint<T>(string initial, Func<string, T> use)
    {
        if (File.Exists(initial)) { return use(initial); }
        if (Directory.Exists(initial)) { throw new UsageException($"--initial '{initial}' is a folder; expected a checkpoint, .pt or .safetensors{(File.Exists(Path.Combine(initial, ModelManifest.FileName)) && ModelManifest.Read(Path.Combine(initial, ModelManifest.FileName)).SourceName is { } source ? $": this model's was '{source}'" : "")}."); }
        if (initial != Demo) { throw new UsageException($"--initial '{initial}' does not exist; expected a checkpoint, .pt or .safetensors, or '{Demo}' for the demo model's."); }
        var demo = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.safetensors");
        try
        {
            DepthProModel.SaveDemoCheckpoint(demo);
            return use(demo);
        }
        finally
        {
            File.Delete(demo);
        }
    }
}
