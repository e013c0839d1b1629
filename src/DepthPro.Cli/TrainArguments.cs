using System.CommandLine;
using System.CommandLine.Parsing;
using DepthPro.Network;

namespace DepthPro.Cli;

/// <summary>The options of 'train'.</summary>
internal sealed class TrainArguments
{
    private readonly Option<string?> _preset = new("--preset") { Description = "demo: a miniature network, hours on two cores (the default); paper: the full network, for many GPUs." };
    private readonly Option<string?> _config = new("--config") { Description = "A network.json with other sizes than the preset's." };
    private readonly Option<string?> _scenes = new("--scenes") { Description = "Synthetic scenes to learn from: plain, wide, widening (from plain to wide), none; the preset's where no --photos are given." };
    private readonly Option<string[]> _photos = new("--photos") { Description = "A folder of photos to learn from; may be given again." };
    private readonly Option<string[]> _depth = new("--depth") { Description = "The folder of the photos' depth, one for each --photos; the photos' folder if not given." };
    private readonly Option<float[]> _focalLength = new("--focal-length") { Description = "Focal length of the photos in pixels, once or for each --photos; else what files and EXIF say." };
    private readonly Option<string[]> _real = new("--real") { Description = "The depth was measured, not rendered: of all --photos, or of the folder that is named.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _relative = new("--relative") { Description = "The depth has no scale: of all --photos, or of the folder that is named.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<double[]> _weight = new("--weight") { Description = "How often a folder is drawn from, in proportion to the others and to the scenes (each set 1); once or for each --photos." };
    private readonly Option<double?> _depthScale = new("--depth-scale") { Description = "What 1 m is in 16-bit PNG files: 1000 for millimetres (the default), 256 for KITTI." };
    private readonly Option<string?> _initial = new("--initial") { Description = "Start from a checkpoint (.pt or .safetensors), a model folder, or 'demo'; random weights if not given." };
    private readonly Option<string?> _fineTune = new("--fine-tune") { Description = "What of the --initial network learns: all (the default), decoder, field-of-view. With --preset it learns all by that preset." };
    private readonly Option<int?> _steps = new("--steps") { Description = "Steps of all stages together; the preset's if neither these nor minutes are given." };
    private readonly Option<double?> _minutes = new("--minutes") { Description = "Minutes of all stages together." };
    private readonly Option<int?> _photosPerStep = new("--photos-per-step") { Description = "Photos of a step; the preset's if not given." };
    private readonly Option<ulong?> _seed = new("--seed") { Description = "Of all that is drawn at random; 1 if not given." };
    private readonly Option<int?> _threads = new("--threads") { Description = "Threads, each with its part of a step's photos; as many as cores if not given." };
    private readonly Option<int?> _validation = new("--validation") { Description = "Photos that the training is judged by; 0 for none, 64 if not given." };
    private readonly Option<string?> _validationPhotos = new("--validation-photos") { Description = "A folder of photos to judge by, none of those to learn from; plain scenes if not given." };
    private readonly Option<float?> _validationFocalLength = new("--validation-focal-length") { Description = "Their focal length in pixels; else what files and EXIF say." };
    private readonly Option<bool> _validationRelative = new("--validation-relative") { Description = "Their depth has no scale." };
    private readonly Option<string?> _validationDepth = new("--validation-depth") { Description = "The folder of their depth; the photos' folder if not given." };

    public TrainArguments()
    {
        _preset.AcceptOnlyFromAmong(TrainPlan.DemoPreset, TrainPlan.PaperPreset);
        _scenes.AcceptOnlyFromAmong(TrainPlan.PlainScenes, TrainPlan.WideScenes, TrainPlan.WideningScenes, TrainPlan.NoScenes);
        _fineTune.AcceptOnlyFromAmong(TrainPlan.All, TrainPlan.Decoder, TrainPlan.FieldOfView);
        AtLeast(_steps, 1);
        AtLeast(_photosPerStep, 1);
        AtLeast(_threads, 1);
        AtLeast(_validation, 0);
        Positive(_minutes, result => result.GetValueOrDefault<double?>() is { } minutes ? [minutes] : []);
        Positive(_depthScale, result => result.GetValueOrDefault<double?>() is { } scale ? [scale] : []);
        Positive(_focalLength, result => result.GetValueOrDefault<float[]>()?.Select(value => (double)value) ?? []);
        Positive(_validationFocalLength, result => result.GetValueOrDefault<float?>() is { } focalLength ? [focalLength] : []);
        Positive(_weight, result => result.GetValueOrDefault<double[]>() ?? []);
    }

    public IEnumerable<Option> All => [_preset, _config, _scenes, _photos, _depth, _focalLength, _real, _relative, _weight, _depthScale, _initial, _fineTune, _steps, _minutes, _photosPerStep,
        _seed, _threads, _validation, _validationPhotos, _validationDepth, _validationFocalLength, _validationRelative];

    /// <exception cref="UsageException">Options do not fit together.</exception>
    /// <exception cref="InvalidDataException">The --config file has no sizes.</exception>
    public TrainSettings Read(ParseResult parsed)
    {
        if (parsed.GetValue(_steps) is not null && parsed.GetValue(_minutes) is not null) { throw new UsageException("--steps and --minutes are both given; expected one of them."); }
        string[]? Named(Option<string[]> option) => parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) ?? [] : null;
        var folders = TrainFolder.Of(parsed.GetValue(_photos) ?? [], parsed.GetValue(_depth) ?? [], parsed.GetValue(_focalLength) ?? [], Named(_real), Named(_relative), parsed.GetValue(_weight) ?? [], parsed.GetValue(_depthScale));
        var judges = parsed.GetValue(_validationPhotos);
        foreach (var (option, isGiven) in new[] { (_validationDepth.Name, parsed.GetValue(_validationDepth) is not null), (_validationFocalLength.Name, parsed.GetValue(_validationFocalLength) is not null), (_validationRelative.Name, parsed.GetValue(_validationRelative)) })
        {
            if (judges is null && isGiven) { throw new UsageException($"{option} says something of --validation-photos, which are not given."); }
        }
        return new()
        {
            Preset = parsed.GetValue(_preset),
            Network = parsed.GetValue(_config) is { } config ? TrainNetwork.ToJson(ReadConfig(config)) : null,
            Scenes = parsed.GetValue(_scenes),
            Folders = folders.Count > 0 ? folders : null,
            Initial = parsed.GetValue(_initial) is { } initial ? Path.Exists(initial) ? Path.GetFullPath(initial) : initial : null,
            FineTune = parsed.GetValue(_fineTune),
            Steps = parsed.GetValue(_steps),
            Minutes = parsed.GetValue(_minutes),
            PhotosPerStep = parsed.GetValue(_photosPerStep),
            Seed = parsed.GetValue(_seed),
            Threads = parsed.GetValue(_threads),
            Validation = parsed.GetValue(_validation),
            ValidationFolder = judges is null ? null : new(Path.GetFullPath(judges), Path.GetFullPath(parsed.GetValue(_validationDepth) ?? judges), parsed.GetValue(_validationFocalLength), false, parsed.GetValue(_validationRelative), 1) { DepthScale = parsed.GetValue(_depthScale) },
        };
    }

    private static NetworkConfig ReadConfig(string path)
        => File.Exists(path) ? ModelManifest.Read(path).Network : throw new UsageException($"--config '{path}' does not exist; expected a {ModelManifest.FileName} with the network's sizes.");

    private static void AtLeast(Option<int?> option, int least) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var value) && value < least) { result.AddError($"{option.Name} is {value}; expected at least {least}."); }
    });

    private static void Positive(Option option, Func<OptionResult, IEnumerable<double>> values) => option.Validators.Add(result =>
    {
        foreach (var value in values(result).Where(value => !(value > 0 && double.IsFinite(value)))) { result.AddError($"{option.Name} is {value}; expected a positive number."); }
    });
}
