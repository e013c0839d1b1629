using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DepthPro.Formats;

namespace DepthPro.Cli;

/// <summary>What the options of a training say; null where one is not given. Kept in the training's folder, so that it is taken up with the same.</summary>
internal sealed record TrainSettings
{
    /// <summary>The file's name in the training's folder.</summary>
    public const string FileName = "training.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    // What two trainings must have in common to be the same one.
    private static readonly (string Option, Func<TrainSettings, object?> Of)[] Compared =
    [
        ("--preset", s => s.Preset), ("--config", s => s.Network?.ToJsonString()), ("--scenes", s => s.Scenes), ("--photos", s => s.Folders is { Count: > 0 } folders ? string.Join(", ", folders) : null),
        ("--initial", s => s.Initial), ("--fine-tune", s => s.FineTune), ("--steps", s => s.Steps), ("--minutes", s => s.Minutes), ("--photos-per-step", s => s.PhotosPerStep),
        ("--seed", s => s.Seed), ("--threads", s => s.Threads), ("--validation", s => s.Validation), ("--validation-photos", s => s.ValidationFolder),
    ];

    public string? Preset { get; init; }

    /// <summary>The network's sizes, as in network.json.</summary>
    public JsonObject? Network { get; init; }

    public string? Scenes { get; init; }

    public IReadOnlyList<TrainFolder>? Folders { get; init; }

    public string? Initial { get; init; }

    public string? FineTune { get; init; }

    public int? Steps { get; init; }

    public double? Minutes { get; init; }

    public int? PhotosPerStep { get; init; }

    public ulong? Seed { get; init; }

    public int? Threads { get; init; }

    public int? Validation { get; init; }

    public TrainFolder? ValidationFolder { get; init; }

    /// <summary>The settings of the training in a folder; null if there is none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static TrainSettings? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) { return null; }
        try
        {
            return JsonSerializer.Deserialize<TrainSettings>(File.ReadAllText(path), Json);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{path}' is not what a training has written: {exception.Message} Remove it and give the training's options again.", exception);
        }
    }

    /// <summary>Writes the file; one that is there is replaced when the new one is complete.</summary>
    public void Write(string folder)
    {
        using var text = new MemoryStream();
        JsonSerializer.Serialize(text, this, Json);
        text.WriteByte((byte)'\n');
        AtomicFile.Write(Path.Combine(folder, FileName), stream => text.WriteTo(stream));
    }

    /// <summary>These, the settings of a training that is taken up, if the ones that are given say nothing else.</summary>
    /// <exception cref="UsageException">One does.</exception>
    public TrainSettings With(TrainSettings given, string folder)
    {
        foreach (var (option, of) in Compared)
        {
            if (of(given) is { } asked && !asked.Equals(of(this)))
            {
                throw new UsageException(string.Create(CultureInfo.InvariantCulture,
                    $"{option} is {asked}; the training in '{folder}' has {of(this) ?? "none"}. Leave the option out to go on with that training, or name another --output for a new one."));
            }
        }
        return this;
    }
}
