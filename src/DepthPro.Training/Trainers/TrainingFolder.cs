using DepthPro.Network;

namespace DepthPro.Training.Trainers;

/// <summary>Where a trainer's states, checkpoints and model are. Not thread-safe.</summary>
internal sealed class TrainingFolder : IDisposable
{
    private const string ModelName = "model";

    /// <param name="folder">Created if need be; null: a temporary one.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public TrainingFolder(string? folder)
    {
        IsTemporary = folder is null;
        Path = folder is null ? Directory.CreateTempSubdirectory("depthpro-training-").FullName : Directory.CreateDirectory(folder).FullName;
    }

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
        var model = In(ModelName);
        if (File.Exists(System.IO.Path.Combine(model, ModelManifest.FileName)))
        {
            var found = DepthProModel.Open(model);
            if (found.Manifest?.SourceSha256 == Sha256.OfFile(checkpoint)) { return found; }
            Directory.Delete(model, recursive: true); // of a training that was in this folder before
        }
        var converted = ModelConverter.Convert(checkpoint, model);
        log.Info($"The model is '{model}', from '{System.IO.Path.GetFileName(checkpoint)}'.");
        if (IsTemporary)
        {
            foreach (var file in Directory.EnumerateFiles(Path)) { File.Delete(file); } // states and checkpoints, thrice the model's size
        }
        return converted;

        string In(string name) => System.IO.Path.Combine(Path, name);
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
}
