using System.CommandLine;

namespace DepthPro.Cli;

/// <summary>The arguments and options of 'estimate'.</summary>
internal sealed class EstimateArguments
{
    private static readonly Dictionary<string, ResidentWeights> ResidentWeightsByName = new()
    {
        ["auto"] = ResidentWeights.Auto,
        ["all"] = ResidentWeights.All,
        ["one-stage"] = ResidentWeights.OneStage,
    };

    private readonly Argument<string[]> _photos = new("photos") { Description = "Photos, folders of photos, or patterns.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _recursive = new("--recursive") { Description = "Take the photos of subfolders too; outputs keep their relative folders." };
    private readonly Option<string?> _model = new("--model") { Description = "Model folder or .onnx file; the embedded demo model if not given." };
    private readonly Option<string> _folder = new("--output") { Description = "Folder to write to; created if needed.", DefaultValueFactory = _ => "./depth" };
    private readonly Option<string> _format = new("--format") { Description = $"What to write, separated by commas: {OutputFormat.Names}.", DefaultValueFactory = _ => OutputFormat.Default };
    private readonly Option<float?> _focalLength = new("--focal-length") { Description = "Focal length in pixels of the photos; else EXIF, else estimated." };
    private readonly Option<int?> _maxSize = new("--max-size") { Description = "Scale photos down whose longer side has more pixels; depth has the smaller size." };
    private readonly Option<bool> _resume = new("--resume") { Description = "Skip photos that are done already: all their files are there, by the same model and choice of focal length and size." };
    private readonly Option<string?> _shard = new("--shard") { Description = "Do one part of the photos, i/n: 1/8 to 8/8, for jobs that share a folder." };
    private readonly Option<ExecutionDevice> _device = new("--device") { Description = $"Where to run: {string.Join(", ", Enum.GetNames<ExecutionDevice>()).ToLowerInvariant()}." };
    private readonly Option<int?> _threads = new("--threads") { Description = "CPU threads of the network; one per core if not given." };
    private readonly Option<string> _resident = new("--resident-weights") { Description = "all: the network stays in memory, 7 GB at full size; one-stage: a part at a time, 4 GB, and slower; auto: all where there is room.", DefaultValueFactory = _ => "auto" };
    private readonly Option<bool> _json = new("--json") { Description = "Print each photo's sidecar as one line of JSON." };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Say on stderr what is skipped, and which model and device are used." };

    public EstimateArguments()
    {
        _resident.AcceptOnlyFromAmong([.. ResidentWeightsByName.Keys]);
        _photos.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-') && !Path.Exists(token.Value))) { result.AddError($"Option '{token.Value}' is unknown."); }
        });
        _focalLength.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<float?>() is { } pixels && !(pixels > 0 && float.IsFinite(pixels))) { result.AddError($"--focal-length is {pixels}; expected a positive number of pixels."); }
        });
        _shard.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !Shard.TryParse(text, out _)) { result.AddError($"--shard is '{text}'; expected i/n with i from 1 to n, such as 1/8."); }
        });
        Positive(_maxSize, "pixels");
        Positive(_threads, "threads");
    }

    public void AddTo(Command command)
    {
        command.Add(_photos);
        foreach (var option in (Option[])[_recursive, _model, _folder, _format, _focalLength, _maxSize, _resume, _shard, _device, _threads, _resident, _json, _verbose]) { command.Add(option); }
    }

    /// <exception cref="UsageException">A format is unknown.</exception>
    public EstimateSettings Read(ParseResult parsed) => new()
    {
        Photos = parsed.GetValue(_photos) ?? [],
        Recursive = parsed.GetValue(_recursive),
        Model = parsed.GetValue(_model),
        Folder = parsed.GetValue(_folder) ?? ".",
        Formats = OutputFormat.Parse(parsed.GetValue(_format) ?? ""),
        FocalLength = parsed.GetValue(_focalLength),
        MaxSize = parsed.GetValue(_maxSize),
        Resume = parsed.GetValue(_resume),
        Shard = parsed.GetValue(_shard) is { } text && Shard.TryParse(text, out var shard) ? shard : null,
        Scoring = new()
        {
            Device = new() { Device = parsed.GetValue(_device), Threads = parsed.GetValue(_threads) ?? 0 },
            ResidentWeights = ResidentWeightsByName[parsed.GetValue(_resident) ?? "auto"],
        },
        Json = parsed.GetValue(_json),
        Verbose = parsed.GetValue(_verbose),
    };

    private static void Positive(Option<int?> option, string unit) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var value) && value < 1) { result.AddError($"{option.Name} is {value}; expected a positive number of {unit}."); }
    });
}
