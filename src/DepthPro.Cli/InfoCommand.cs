using System.CommandLine;
using DepthPro.Network;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Modules;

namespace DepthPro.Cli;

/// <summary>What a model or checkpoint is, and whether it is complete.</summary>
internal static class InfoCommand
{
    private const string DemoName = "demo";

    public static Command Create(TextWriter output)
    {
        var path = new Argument<string>("model") { Description = "A model folder, .onnx file or checkpoint; 'demo' is the embedded model." };
        var config = new Option<string?>("--config") { Description = "A network.json with a checkpoint's sizes; else those it carries, else the published network's." };
        var command = new Command("info", "Says what a model or checkpoint is, and whether it is complete.") { path, config };
        command.SetAction(parsed =>
        {
            var where = parsed.GetValue(path) ?? "";
            if (where == DemoName && !Path.Exists(where)) { Describe(DepthProModel.Demo, output); }
            else if (Directory.Exists(where) || where.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
            {
                var model = DepthProModel.Open(where);
                Describe(model, output);
                model.Verify();
                output.WriteLine(model.Manifest is null ? "a lone ONNX file: nothing tells what it should be" : "complete: every file has the length and hash that network.json says");
            }
            else { DescribeCheckpoint(where, parsed.GetValue(config), output); }
            return ExitCode.Done;
        });
        return command;
    }

    public static void Describe(DepthProModel model, TextWriter output)
    {
        output.WriteLine($"{model}: {(model.SingleFile is { } form ? $"single file, {form.Flavor}, {form.Input} -> {form.Depth}, {form.Scale}" : "network in parts")}");
        output.WriteLine($"network input {model.InputSize} x {model.InputSize}, canonical inverse depth {model.OutputSize} x {model.OutputSize}, weights {model.Precision}, sha256 {model.Sha256}");
        if (model.Config is { } config) { Describe(config, output); }
        foreach (var file in model.Manifest?.Files ?? []) { output.WriteLine($"  {file.Name}  {file.Bytes} bytes  {file.Sha256}"); }
        if (model.Manifest is { SourceName: { } source, SourceSha256: { } hash }) { output.WriteLine($"converted from {source}, sha256 {hash}"); }
        if (model.Manifest is { Licence: { } licence }) { output.WriteLine($"licence: {licence}"); }
    }

    private static void DescribeCheckpoint(string path, string? configPath, TextWriter output)
    {
        using var checkpoint = Checkpoint.Open(path);
        var types = string.Join(", ", checkpoint.Tensors.Values.GroupBy(t => t.Type).Select(g => $"{g.Count()} {g.Key}".ToLowerInvariant()));
        output.WriteLine($"{path}: {checkpoint.Format} checkpoint, {checkpoint.Tensors.Count} tensors ({types}), {checkpoint.Tensors.Values.Sum(t => t.Count):N0} values");
        output.WriteLine($"sha256 {Sha256.OfFile(path)}");
        var config = configPath is not null ? ModelManifest.Read(configPath).Network : ModelConverter.ConfigOf(checkpoint) ?? new();
        Describe(config, output);
        StrictLoading.Require(checkpoint, DepthProNetwork.Parts(config).SelectMany(g => g.Parameters));
        output.WriteLine("complete: it holds every tensor of this network and no other");
    }

    private static void Describe(NetworkConfig config, TextWriter output)
        => output.WriteLine($"vision transformer {config.Vit.ImageSize}/{config.Vit.PatchSize}, width {config.Vit.Width}, depth {config.Vit.Depth}; decoder width {config.DecoderWidth}; field of view {(config.FieldOfView ? "estimated" : "not estimated")}");
}
