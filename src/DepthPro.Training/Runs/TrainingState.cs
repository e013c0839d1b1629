using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DepthPro.Network.Checkpoints;

namespace DepthPro.Training.Runs;

/// <summary>Where a training stands, as text in the state file. Immutable, thread-safe.</summary>
internal sealed record TrainingState(int Stage, IReadOnlyList<int> StageSteps, TrainingValidation? Best, string Options)
{
    private const string Key = "training";

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>What must be equal for a training to be taken up: sizes, stages and seed. Not the length: that is in the state.</summary>
    public static string Fingerprint(DepthTrainingOptions options) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        options with { Device = null, Steps = null, Minutes = null, SecondsBetweenStates = 0, Validations = 0 }, Json)));

    public IReadOnlyDictionary<string, string> ToMetadata() => new Dictionary<string, string> { [Key] = JsonSerializer.Serialize(this, Json) };

    /// <exception cref="InvalidDataException">The file is damaged or no training's state.</exception>
    /// <exception cref="ArgumentException">It is the state of another training.</exception>
    public static TrainingState Read(string path, DepthTrainingOptions options)
    {
        using var file = Checkpoint.Open(path);
        var state = file.Metadata.TryGetValue(Key, out var json) ? JsonSerializer.Deserialize<TrainingState>(json, Json) : null;
        if (state is null) { throw new InvalidDataException($"'{path}' has no metadata '{Key}'; expected the state of a training."); }
        if (state.Options != Fingerprint(options))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{path}' is the state of a training with another network, other stages, another seed or other threads. Give the same options, or another folder."), nameof(options));
        }
        return state;
    }
}
