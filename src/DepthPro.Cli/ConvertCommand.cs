using System.CommandLine;
using DepthPro.Network;
using DepthPro.Network.Onnx;

namespace DepthPro.Cli;

/// <summary>A checkpoint to a model folder.</summary>
internal static class ConvertCommand
{
    public static Command Create(TextWriter output)
    {
        var checkpoint = new Argument<string>("checkpoint") { Description = "A torch .pt (zip) or .safetensors file." };
        var folder = new Option<string>("--output") { Description = "The model folder to create; or a .safetensors file, to rewrite the checkpoint with its sizes inside.", Required = true };
        var config = new Option<string?>("--config") { Description = "A network.json with the network's sizes; the published network's if not given." };
        var precision = new Option<string>("--precision") { Description = "How weights are stored: fp32; fp16, half the disk; fp16-compute, which also computes in half precision, for GPUs; int8, whose linear layers and most of whose convolutions are rounded and multiplied as integers, on the CPU; or int4-weight-only and int8-weight-only, whose linear layers are stored as integers and multiplied in float32, for the least disk and memory.", DefaultValueFactory = _ => "fp32" };
        precision.AcceptOnlyFromAmong([.. ModelConverter.PrecisionNames.Values]);
        var singleFile = new Option<bool>("--single-file") { Description = "Write the whole network as one graph for other runtimes." };
        var portable = new Option<bool>("--portable") { Description = "Keep to standard ONNX operators, for TensorRT and CoreML; --single-file does in any case." };
        var licence = new Option<string?>("--licence") { Description = "Whose terms hold for the weights; written into the model." };
        var command = new Command("convert", "Converts a checkpoint to a model folder.") { checkpoint, folder, config, precision, singleFile, portable, licence };
        folder.Validators.Add(result =>
        {
            var target = result.GetValueOrDefault<string>() ?? "";
            if (!IsCheckpoint(target) && (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())))
            {
                result.AddError($"--output '{target}' exists and is not an empty folder. Choose another, or remove it first.");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(singleFile) && IsCheckpoint(result.GetValue(folder) ?? "")) { result.AddError("--single-file makes an ONNX model; its --output is a folder, not a .safetensors file."); }
        });
        command.Validators.Add(result =>
        {
            var chosen = ModelConverter.PrecisionOf(result.GetValue(precision)); // null for what is none, which is refused by itself
            if (chosen == WeightPrecision.Float16Compute && IsCheckpoint(result.GetValue(folder) ?? "")) { result.AddError("--precision fp16-compute says how a model computes; for a .safetensors file as --output expected fp32 or fp16."); }
            if (chosen is { NeedsOnnxRuntime: true } && (result.GetValue(singleFile) || result.GetValue(portable) || IsCheckpoint(result.GetValue(folder) ?? "")))
            {
                result.AddError($"--precision {result.GetValue(precision)} is for model folders that ONNX Runtime runs; expected neither --single-file nor --portable nor a .safetensors file as --output.");
            }
        });
        command.SetAction(parsed =>
        {
            var options = new ConversionOptions
            {
                Config = parsed.GetValue(config) is { } path ? ModelManifest.Read(path).Network : null,
                Precision = ModelConverter.PrecisionOf(parsed.GetValue(precision)) ?? default,
                SingleFile = parsed.GetValue(singleFile),
                Portable = parsed.GetValue(portable),
                Licence = parsed.GetValue(licence),
            };
            var (source, target) = (parsed.GetValue(checkpoint) ?? "", parsed.GetValue(folder) ?? "");
            using var progress = new ProgressLine(1);
            using var interruption = new Interruption(() => { });
            var told = new Progress(progress, interruption);
            if (IsCheckpoint(target))
            {
                ModelConverter.ConvertToSafetensors(source, target, options, told);
                progress.Clear();
                output.WriteLine($"{source} -> {target}");
                return ExitCode.Done;
            }
            var model = ModelConverter.Convert(source, target, options, told);
            progress.Clear();
            InfoCommand.Describe(model, output);
            return ExitCode.Done;
        });
        return command;
    }

    private static bool IsCheckpoint(string output) => output.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);

    private sealed class Progress(ProgressLine line, Interruption interruption) : IProgress<double>
    {
        private int _percent = -1;

        public void Report(double value)
        {
            if (interruption.IsRequested) { throw new OperationCanceledException(); }
            if ((int)(100 * value) > _percent) { line.Show((_percent = (int)(100 * value)) / 100.0); }
        }
    }
}
