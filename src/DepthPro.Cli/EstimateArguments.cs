using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

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
    private readonly Option<bool> _resume = new("--resume") { Description = "Skip photos that are done already: their files are there as a run with the same model and choice of focal length and size has written them." };
    private readonly Option<string?> _shard = new("--shard") { Description = "Do one part of the photos, i/n: 1/8 to 8/8, for jobs that share a folder." };
    private readonly Option<ExecutionDevice> _device = new("--device") { Description = $"Where to run: {string.Join(", ", Enum.GetNames<ExecutionDevice>()).ToLowerInvariant()}." };
    private readonly ProviderSettings _provider = new("--provider-option");
    private readonly Option<int?> _threads = new("--threads") { Description = "CPU threads of the network; one per core if not given." };
    private readonly Option<string> _resident = new("--resident-weights") { Description = "all: the network stays in memory, 8.0 GB at full size; one-stage: a part at a time, 4.4 GB, and slower; auto: all where there is room.", DefaultValueFactory = _ => "auto" };
    private readonly Option<bool> _json = new("--json") { Description = "Print each photo's sidecar as one line of JSON." };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Say on stderr what is skipped, and which model and device are used." };

    public EstimateArguments()
    {
        _resident.AcceptOnlyFromAmong([.. ResidentWeightsByName.Keys]);
        _photos.Validators.Add(RefuseUnknownOptions);
        _shard.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !Shard.TryParse(text, out _)) { result.AddError($"--shard is '{text}'; expected i/n with i from 1 to n, such as 1/8."); }
        });
        _focalLength.CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var pixels) && pixels > 0 && float.IsFinite(pixels)) { return pixels; }
            result.AddError($"{_focalLength.Name} is '{text}'; expected a positive number of pixels.");
            return null;
        };
        _maxSize.CustomParser = PositiveWhole(_maxSize.Name, "pixels");
        _threads.CustomParser = PositiveWhole(_threads.Name, "threads");
    }

    /// <summary>A photo's name that begins with '-' is an option that there is not, unless there is such a file.</summary>
    public static void RefuseUnknownOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-') && !Path.Exists(token.Value))) { result.AddError($"Option '{token.Value}' is unknown."); }
    }

    public void AddTo(Command command)
    {
        command.Add(_photos);
        foreach (var option in (Option[])[_recursive, _model, _folder, _format, _focalLength, _maxSize, _resume, _shard, _device, _provider.Option, _threads, _resident, _json, _verbose]) { command.Add(option); }
    }

    /// <exception cref="UsageException">A format is unknown, or a provider's option has no name and value.</exception>
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
            Device = new() { Device = parsed.GetValue(_device), Threads = parsed.GetValue(_threads) ?? 0, ProviderOptions = _provider.Read(parsed) },
            ResidentWeights = ResidentWeightsByName[parsed.GetValue(_resident) ?? "auto"],
        },
        Json = parsed.GetValue(_json),
        Verbose = parsed.GetValue(_verbose),
    };

    private static Func<ArgumentResult, int?> PositiveWhole(string option, string unit) => result =>
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value > 0) { return value; }
        var isTooLarge = double.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number > int.MaxValue;
        result.AddError($"{option} is '{text}'; expected a positive whole number of {unit}{(isTooLarge ? $", {int.MaxValue} at most" : "")}.");
        return null;
    };
}
