using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DepthPro.Network.Checkpoints;
using DepthPro.Training.Data;

namespace DepthPro.Training.Runs;

/// <summary>Where a training stands, as text in the state file. Immutable, thread-safe.</summary>
internal sealed record TrainingState(int Stage, IReadOnlyList<int> StageSteps, TrainingValidation? Best, string Options)
{
    private const string Key = "training";

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>What must be equal for a training to be taken up: sizes, stages, length, seed, start, and what the sets hold as far as they know.</summary>
    public static string Fingerprint(DepthTrainingOptions options, IReadOnlyList<TrainingSet> sets, TrainingStart? start)
    {
        var bytes = new List<byte>(JsonSerializer.SerializeToUtf8Bytes(options with { Device = null, SecondsBetweenStates = 0, Validations = 0 }, Json));
        foreach (var set in sets.Where(set => set.Contents is not null)) { bytes.AddRange(Encoding.UTF8.GetBytes(FormattableString.Invariant($"\n{set.Weight:R} {set.IsReal} {set.IsMetric} {set.Contents}"))); }
        if (start is not null) { bytes.AddRange(Encoding.UTF8.GetBytes($"\n{start.Identity}")); }
        return Convert.ToHexStringLower(SHA256.HashData([.. bytes]));
    }

    public IReadOnlyDictionary<string, string> ToMetadata() => new Dictionary<string, string> { [Key] = JsonSerializer.Serialize(this, Json) };

    /// <exception cref="InvalidDataException">The file is damaged or no training's state.</exception>
    /// <exception cref="ArgumentException">It is the state of another training.</exception>
    public static TrainingState Read(string path, string fingerprint)
    {
        using var file = Checkpoint.Open(path);
        var state = Parse(file.Metadata.GetValueOrDefault(Key)) ?? throw new InvalidDataException($"'{path}' has no metadata '{Key}' that can be read; expected the state of a training.");
        return state.Options == fingerprint ? state
            : throw new ArgumentException($"'{path}' is the state of another training: its network, stages, length, seed, threads, data or start differ. Give what it was begun with, or another folder.");
    }

    private static TrainingState? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<TrainingState>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
