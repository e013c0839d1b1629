using DepthPro.Network;
using DepthPro.Tests;
using DepthPro.Training;
using DepthPro.Training.Data;
using DepthPro.Training.Scenes;

namespace DepthPro.Cli.Tests;

/// <summary>A folder with a small network to train and photos to learn from.</summary>
internal sealed class TrainingFolder : IDisposable
{
    private const int Side = 48;

    private static readonly NetworkConfig Tiny = new NetworkConfig
    {
        Vit = new() { ImageSize = 16, PatchSize = 2, Width = 4, Depth = 2, Heads = 2, MlpRatio = 2 },
        HookBlocks = [0, 1],
        EncoderDims = [3, 4, 5, 6],
        DecoderWidth = 8,
        HeadWidths = [4, 1],
        Upsampling = 2,
    }.Validated();

    private readonly TemporaryFolder _folder = new();

    public TrainingFolder()
    {
        File.WriteAllText(Config, new ModelManifest { Network = Tiny }.ToJson());
        new DepthTraining(DepthTrainingOptions.FineTune(Tiny), [new SceneTrainingSet(SceneOptions.Plain, 1)]).Save(Start);
        Photos("photos", 3);
    }

    public string this[string name] => _folder[name];

    /// <summary>The network's sizes.</summary>
    public string Config => _folder["network.json"];

    /// <summary>The network with random weights.</summary>
    public string Start => _folder["start.safetensors"];

    /// <summary>Photos with their depth and a focal length of 40 pixels.</summary>
    public string Photos(string name, int count)
    {
        Directory.CreateDirectory(_folder[name]);
        for (var i = 0; i < count; i++)
        {
            var scene = Scene.Generate(i + 1, SceneOptions.Plain).Render(Side, Side);
            Write(Path.Combine(_folder[name], $"{i}"), scene);
        }
        return _folder[name];
    }

    /// <summary>The cheapest training: the field of view from a few photos.</summary>
    public (int Code, string Output, string Error) FineTune(string name, string steps, params string[] more)
        => TrainCommandTests.Run(FineTuning(name, steps, more));

    public string[] FineTuning(string name, string steps, params string[] more)
        => ["train", "--output", _folder[name], "--initial", Start, "--fine-tune", "field-of-view", "--photos", _folder["photos"], "--validation", "0", "--threads", "1", "--photos-per-step", "1", "--steps", steps, .. more];

    public byte[] Checkpoint(string name) => File.ReadAllBytes(Path.Combine(_folder[name], DepthTraining.CheckpointName));

    /// <summary>Stage and step of each line.</summary>
    public string[] Curves(string name) => [.. File.ReadLines(Path.Combine(_folder[name], DepthTraining.CurvesTableName)).Skip(1).Select(line => string.Join(',', line.Split(',')[..2]))];

    public string[] Names(string folder) => [.. Directory.GetFileSystemEntries(_folder[folder]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    private static void Write(string stem, RenderedScene scene)
    {
        scene.Photo.Save($"{stem}.png");
        Npy.Write($"{stem}.npy", scene.Depth);
        File.WriteAllText($"{stem}.json", $$"""{ "focalLengthPixels": {{scene.Depth.FocalLengthPixels:R}} }""");
    }
}
