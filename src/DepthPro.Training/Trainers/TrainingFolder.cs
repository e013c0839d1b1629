using DepthPro.Network;

namespace DepthPro.Training.Trainers;

/// <summary>Where a trainer's states, checkpoints and model are. Not thread-safe.</summary>
internal sealed class TrainingFolder : IDisposable
{
    private const string ModelName = "model";

    /// <param name="folder">Created if need be; null: a temporary one.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="ArgumentException">It holds a model that no training has made.</exception>
    public TrainingFolder(string? folder)
    {
        IsTemporary = folder is null;
        Path = folder is null ? Directory.CreateTempSubdirectory("depthpro-training-").FullName : Directory.CreateDirectory(folder).FullName;
        if (Directory.Exists(Model) && !File.Exists(In(DepthTraining.StateName)))
        {
            throw new ArgumentException($"Output folder: '{Model}' is there, but no '{DepthTraining.StateName}' beside it: it is not of a training that can be taken up, and would be replaced. Move it away, or give another folder.");
        }
    }

    private string Model => In(ModelName);

    public string Path { get; }

    public bool IsTemporary { get; }

    /// <summary>Whether the best checkpoint is the result, not the last.</summary>
    public bool IsBestWanted { get; set; }

    /// <summary>Converts the checkpoint; if that was done before, the model stays as it is.</summary>
    /// <exception cref="IOException">The model cannot be written.</exception>
    public DepthProModel ToModel(TrainingLog log)
    {
        var best = In(DepthTraining.BestName);
        var checkpoint = IsBestWanted && File.Exists(best) ? best : In(DepthTraining.CheckpointName);
        if (File.Exists(System.IO.Path.Combine(Model, ModelManifest.FileName)))
        {
            var found = DepthProModel.Open(Model);
            if (found.Manifest?.SourceSha256 == Sha256.OfFile(checkpoint)) { return found; }
            Directory.Delete(Model, recursive: true); // of a training that was in this folder before
        }
        var converted = ModelConverter.Convert(checkpoint, Model);
        log.Info($"The model is '{Model}', from '{System.IO.Path.GetFileName(checkpoint)}'.");
        if (IsTemporary)
        {
            foreach (var file in Directory.EnumerateFiles(Path)) { File.Delete(file); } // states and checkpoints, thrice the model's size
        }
        return converted;
    }

    /// <summary>Deletes the folder, or as much of it as nobody has open.</summary>
    public void Dispose()
    {
        try
        {
            if (Directory.Exists(Path)) { Directory.Delete(Path, recursive: true); }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Windows deletes no file that is open; the system clears its temporary folder.
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
