namespace DepthPro.Training.Runs;

/// <summary>A training's folder; without one nothing is written. Not thread-safe.</summary>
internal sealed class TrainingFiles
{
    private readonly string? _folder;
    private readonly string _fingerprint;
    private bool _hasCheckpoint;

    /// <param name="folder">Created if need be; null: none.</param>
    /// <param name="fingerprint">What must be equal for a state to be taken up.</param>
    /// <exception cref="ArgumentException">It holds a checkpoint that is not a training's.</exception>
    public TrainingFiles(string? folder, string fingerprint)
    {
        (_folder, _fingerprint) = (folder, fingerprint);
        if (folder is not null) { Directory.CreateDirectory(folder); }
        _hasCheckpoint = HasState;
        foreach (var file in (string[])[DepthTraining.CheckpointName, DepthTraining.BestName])
        {
            if (folder is null || HasState || !File.Exists(PathOf(file))) { continue; }
            throw new ArgumentException($"'{PathOf(file)}' is there, but no '{DepthTraining.StateName}' beside it: it is not of a training that can be taken up, and would be overwritten. Move it away, or give another folder.");
        }
    }

    public bool HasState => _folder is not null && File.Exists(State);

    public string State => PathOf(DepthTraining.StateName);

    public string Checkpoint => PathOf(DepthTraining.CheckpointName);

    public string Best => PathOf(DepthTraining.BestName);

    /// <summary>What the folder's state says; null if there is none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or no training's state.</exception>
    /// <exception cref="ArgumentException">It is the state of another training.</exception>
    public TrainingState? Read() => HasState ? TrainingState.Read(State, _fingerprint) : null;

    /// <summary>Keeps what the next steps depend on.</summary>
    /// <remarks>The state holds the stage's parameters, the checkpoint all others, which stay as they are within a stage. So whatever is killed between the two files finds what
    /// belongs together: the first checkpoint is there before the first state, and of a new stage the state before the checkpoint.</remarks>
    /// <exception cref="IOException">A file cannot be written; what was there before still is.</exception>
    public void Save(NetworkWeights weights, TrainingSession session, Func<string, TrainingState> state)
    {
        if (_folder is null) { return; }
        if (!_hasCheckpoint) { weights.Save(Checkpoint); }
        session.SaveState(State, state(_fingerprint).ToMetadata());
        if (_hasCheckpoint) { weights.Save(Checkpoint); }
        _hasCheckpoint = true;
    }

    public void SaveBest(NetworkWeights weights)
    {
        if (_folder is not null) { weights.Save(Best); }
    }

    private string PathOf(string name) => Path.Combine(_folder ?? "", name);
}
