using System.CommandLine;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Cli;

/// <summary>Photos to depth files, pictures and sidecars.</summary>
internal static class EstimateCommand
{
    /// <summary>What the names of our outputs end with.</summary>
    public const string PictureExtension = ".depth.png";

    public static readonly string[] OutputExtensions = [PictureExtension, DepthExtension, SidecarExtension];

    private const string DepthExtension = ".npy", SidecarExtension = ".json";

    private static readonly Dictionary<string, Action<string, DepthMap>> Writers = new()
    {
        ["npy"] = (stem, depth) => Npy.Write($"{stem}{DepthExtension}", depth),
        ["png"] = (stem, depth) => DepthVisuals.Colorize(depth).Save($"{stem}{PictureExtension}"),
    };

    private static readonly Dictionary<string, ResidentWeights> ResidentWeightsByName = new()
    {
        ["auto"] = ResidentWeights.Auto,
        ["all"] = ResidentWeights.All,
        ["one-stage"] = ResidentWeights.OneStage,
    };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var photos = new Argument<string[]>("photos") { Description = "Photos, folders of photos, or patterns.", Arity = ArgumentArity.OneOrMore };
        var model = new Option<string?>("--model") { Description = "Model folder or .onnx file; the embedded demo model if not given." };
        var folder = new Option<string>("--output") { Description = "Folder to write to; created if needed.", DefaultValueFactory = _ => "./depth" };
        var format = new Option<string>("--format") { Description = $"What to write, separated by commas: {string.Join(", ", Writers.Keys)}.", DefaultValueFactory = _ => string.Join(',', Writers.Keys) };
        var focalLength = new Option<float?>("--focal-length") { Description = "Focal length in pixels of the photos; else EXIF, else estimated." };
        var device = new Option<ExecutionDevice>("--device") { Description = $"Where to run: {string.Join(", ", Enum.GetNames<ExecutionDevice>()).ToLowerInvariant()}." };
        var resident = new Option<string>("--resident-weights") { Description = "all: the network stays in memory, 7 GB at full size; one-stage: a part at a time, 4 GB, and slower; auto: all where there is room.", DefaultValueFactory = _ => "auto" };
        resident.AcceptOnlyFromAmong([.. ResidentWeightsByName.Keys]);
        var json = new Option<bool>("--json") { Description = "Print each photo's sidecar as one line of JSON." };
        var verbose = new Option<bool>("--verbose") { Description = "Say on stderr what is skipped, and which model and device are used." };
        photos.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-') && !Path.Exists(token.Value))) { result.AddError($"Option '{token.Value}' is unknown."); }
        });
        focalLength.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<float?>() is { } pixels && !(pixels > 0 && float.IsFinite(pixels))) { result.AddError($"--focal-length is {pixels}; expected a positive number of pixels."); }
        });
        var command = new Command("estimate", "Estimates metric depth.") { photos, model, folder, format, focalLength, device, resident, json, verbose };
        command.SetAction(parsed =>
        {
            var inputs = PhotoInputs.Find(parsed.GetValue(photos) ?? []);
            var writers = Formats(parsed.GetValue(format) ?? "");
            var options = new ScoringOptions { Device = new() { Device = parsed.GetValue(device) }, ResidentWeights = ResidentWeightsByName[parsed.GetValue(resident) ?? "auto"] };
            using var network = DepthNetwork.Open(parsed.GetValue(model) is { } path ? DepthProModel.Open(path) : null, options);
            if (parsed.GetValue(verbose)) { Describe(inputs, network, error); }
            return Estimate(network, inputs.Photos, parsed.GetValue(folder) ?? ".", writers, parsed.GetValue(focalLength), parsed.GetValue(json), output, error);
        });
        return command;
    }

    private static void Describe(PhotoInputs inputs, DepthNetwork network, TextWriter error)
    {
        error.WriteLine($"{inputs.Photos.Count} photos; model {network.Model}, device {network.Device}.");
        if (inputs.DescribeSkipped() is { Length: > 0 } skipped) { error.WriteLine(skipped); }
    }

    private static int Estimate(DepthNetwork network, IReadOnlyList<PhotoInput> inputs, string folder, IReadOnlyList<Action<string, DepthMap>> writers, float? focalLength, bool json, TextWriter output, TextWriter error)
    {
        OutputFolder.Create("--output", folder);
        var (done, failed) = (0, 0);
        using var progress = new ProgressLine(inputs.Count);
        using var interruption = new Interruption(() => error.WriteLine("Stopping after this photo; Ctrl-C again stops at once."));
        foreach (var input in inputs)
        {
            if (interruption.IsRequested)
            {
                error.WriteLine($"Interrupted: {done} of {inputs.Count} photos are done{(failed > 0 ? $", {failed} failed" : "")}.");
                return ExitCode.Interrupted;
            }
            progress.Show(input.Path);
            try
            {
                var depth = network.Estimate(Photo.FromFile(input.Path), focalLength);
                var stem = Path.Combine(folder, input.OutputStem);
                foreach (var write in writers) { write(stem, depth); }
                var sidecar = DepthSidecar.Of(input.Path, depth, network);
                sidecar.Write($"{stem}{SidecarExtension}");
                progress.Clear();
                done++;
                output.WriteLine(json ? sidecar.ToJson() : $"{input.Path} -> {stem}.*  {depth}");
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or InvalidOperationException or ArgumentException or NotSupportedException or OutOfMemoryException or OnnxRuntimeException)
            {
                progress.Clear();
                failed++;
                error.WriteLine($"{input.Path}: {exception.Message}");
            }
        }
        if (failed > 0) { error.WriteLine($"{failed} of {inputs.Count} photos failed; the others are done."); }
        return failed > 0 ? ExitCode.SomeInputsFailed : ExitCode.Done;
    }

    private static List<Action<string, DepthMap>> Formats(string names)
    {
        var writers = new List<Action<string, DepthMap>>();
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            writers.Add(Writers.TryGetValue(name, out var writer) ? writer : throw new UsageException($"--format '{name}' is unknown; expected {string.Join(", ", Writers.Keys)}."));
        }
        return writers.Count > 0 ? writers : throw new UsageException($"--format is empty; expected {string.Join(", ", Writers.Keys)}.");
    }
}
