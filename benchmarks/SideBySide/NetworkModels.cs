using DepthPro.FullSize;
using DepthPro.Network;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Network.Onnx;

namespace DepthPro.SideBySide;

/// <summary>One network's weights in all the forms that contestants read, made in a folder where they are not there yet.</summary>
internal sealed class NetworkModels
{
    public const string SingleFile = "single-file";

    // Layer by layer in standard operators, as an exporter writes the reference's network.
    public const string PlainExport = "plain-export";

    private readonly string _folder;

    /// <summary>The forms of a checkpoint: the demo model's, or at full size weights from a formula.</summary>
    public NetworkModels(string folder, bool fullSize)
    {
        _folder = folder;
        Checkpoint = Path.Combine(folder, fullSize ? "formula-fp32.safetensors" : "demo.safetensors");
        Directory.CreateDirectory(folder);
        if (!File.Exists(Checkpoint))
        {
            if (fullSize) { SafetensorsWriter.Write(Checkpoint, FormulaWeights.Tensors(TensorType.Float32), FormulaWeights.Read); }
            else { DepthProModel.SaveDemoCheckpoint(Checkpoint); }
        }
        using var checkpoint = Network.Checkpoints.Checkpoint.Open(Checkpoint);
        Config = ModelConverter.ConfigOf(checkpoint) ?? new();
    }

    public string Checkpoint { get; }

    public NetworkConfig Config { get; }

    /// <summary>The one .onnx file of a folder.</summary>
    public static string OnnxFile(string folder) => Directory.GetFiles(folder, "*.onnx").Single();

    /// <summary>The model folder of a form: a precision's name, or "single-file".</summary>
    public string Folder(string form)
    {
        var folder = Path.Combine(_folder, form);
        if (!Directory.Exists(folder))
        {
            if (form == PlainExport) { return Export(folder); }
            var precision = ModelConverter.PrecisionNames.FirstOrDefault(p => p.Value == form).Key; // Float32 where there is none
            ModelConverter.Convert(Checkpoint, folder, new() { Precision = precision, SingleFile = form == SingleFile });
        }
        return folder;
    }

    private string Export(string folder)
    {
        Directory.CreateDirectory(folder);
        using var checkpoint = Network.Checkpoints.Checkpoint.Open(Checkpoint);
        using var model = File.Create(Path.Combine(folder, "plain.onnx"));
        using var data = File.Create(Path.Combine(folder, "plain.data"));
        OnnxWriter.Write(DepthProNetwork.Whole(Config, GraphForm.Plain), model, data, "plain.data", checkpoint.Read);
        return folder;
    }
}
