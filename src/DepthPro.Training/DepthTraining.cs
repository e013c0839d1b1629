using System.Diagnostics;
using DepthPro.Training.Data;
using DepthPro.Training.Runs;

namespace DepthPro.Training;

/// <summary>Trains a Depth Pro network, stage after stage, from nothing or from a checkpoint. A run that was killed is taken up from its folder to the same result as an unbroken one. Not thread-safe.</summary>
/// <remarks>Source: paper (arXiv:2410.02073), sections 3.2 and 3.3, tables 16 and 17.</remarks>
public sealed class DepthTraining
{
    /// <summary>Files of a training's folder: the network as it is now, at its best by the validation set, and what else a resumed run needs.</summary>
    public const string CheckpointName = "model.safetensors", BestName = "best.safetensors", StateName = "state.safetensors";

    /// <summary>Further files: the course of loss and metrics, as a page that needs no other file and as a table.</summary>
    public const string CurvesName = "curves.html", CurvesTableName = "curves.csv";

    // Steps that tell a stage's speed, after as many that warm it up.
    private const int TimedSteps = 10;

    private readonly DepthTrainingOptions _options;
    private readonly IReadOnlyList<TrainingSet> _sets;
    private readonly TrainingFiles _files;
    private readonly NetworkWeights _weights;
    private readonly ValidationPhotos? _validation;
    private readonly TrainingState? _resumed;
    private readonly int?[] _stageSteps;
    private readonly TrainingRecord _record;
    private TrainingValidation? _best;
    private NetworkWeights? _bestWeights;
    private bool _begun;

    /// <summary>Prepares a training; nothing is computed yet.</summary>
    /// <param name="options">What to train and how.</param>
    /// <param name="sets">What to learn from.</param>
    /// <param name="validation">What to judge it by; shares no photo with <paramref name="sets"/>. Null: it is not judged.</param>
    /// <param name="validationPhotos">How many photos of it, the first ones, but no more than it has; at least 1.</param>
    /// <param name="initial">A checkpoint or model to start from, by its path for example; null: random weights.</param>
    /// <param name="folder">Where states and checkpoints go; if it holds a state, the training goes on from there. Null: nothing is written.</param>
    /// <exception cref="ArgumentException">There are no sets or stages, a number is out of range, or the folder holds the state of another training.</exception>
    /// <exception cref="FileNotFoundException">There is no such checkpoint.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged or of another network, or a validation photo cannot be used.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public DepthTraining(DepthTrainingOptions options, IReadOnlyList<TrainingSet> sets, TrainingSet? validation = null, int validationPhotos = 64, TrainingStart? initial = null, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(validationPhotos);
        TrainingCheck.Check(options, sets);
        (_options, _sets) = (options, sets);
        _files = new(folder, TrainingState.Fingerprint(options, sets, initial));
        _resumed = _files.Read();
        _weights = CheckpointWeights.Open(_resumed is null ? initial : TrainingStart.FromCheckpoint(_files.Checkpoint), options, sets);
        _validation = validation is null ? null : new(validation, validationPhotos, options);
        _stageSteps = [.. options.Stages.Select(stage => options.Minutes is null ? options.StepsOf(stage) : (int?)null)];
        for (var i = 0; i < _resumed?.StageSteps.Count; i++) { _stageSteps[i] = _resumed.StageSteps[i]; }
        _best = _resumed?.Best;
        _bestWeights = _best is not null && options.KeepsBest ? CheckpointWeights.Open(TrainingStart.FromCheckpoint(_files.Best), options, sets) : null;
        _record = new(folder, options.Stages, _stageSteps, _resumed?.Stage);
    }

    /// <summary>The best that the validation set said of the last stage; null if it was not asked.</summary>
    public TrainingValidation? Best => _best;

    /// <summary>What the validation set said last: of depth after the last stage that taught it, of the field of view after the stage that teaches that; null if it was not asked.</summary>
    public TrainingValidation? Validation => _record.Validation;

    /// <summary>How far the training is; before <see cref="Run"/>, where it begins.</summary>
    public TrainingPosition Position => _record.Position;

    /// <summary>Whether it goes on from a state that its folder held.</summary>
    public bool IsTakenUp => _record.IsTakenUp;

    /// <summary>Trains to the end. Once only.</summary>
    /// <param name="progress">Told after each step.</param>
    /// <param name="cancellation">Ends the training after the step in hand; its state is kept in the folder.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The loss is no number any more; the message tells step, term and the last good state. Or this was called before.</exception>
    /// <exception cref="InvalidDataException">A photo or its depth cannot be used.</exception>
    /// <exception cref="IOException">A file cannot be written, because the disk is full for example; the one before it is still there.</exception>
    public void Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (_begun) { throw new InvalidOperationException("This training has run; make another one, with the same folder to go on."); }
        _begun = true;
        var record = _record.Begin(progress);
        for (var i = _resumed?.Stage ?? 0; i < _options.Stages.Count; i++)
        {
            if (i != _resumed?.Stage) { (_best, _bestWeights) = (null, null); }
            RunStage(i, record, cancellation);
        }
    }

    /// <summary>Writes the network as it is now as a checkpoint, which 'convert' makes a model folder of.</summary>
    /// <param name="path">The .safetensors file; replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => _weights.Save(path);

    private void RunStage(int index, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        var stage = _options.Stages[index];
        TrainingSet[] sets = [.. _sets.Where(set => !stage.SyntheticOnly || set is { IsReal: false, IsMetric: true })];
        using var run = new StageRun(stage, _options, sets, _weights);
        if (_resumed?.Stage == index) { run.Session.LoadState(_files.State); }
        var mix = new TrainingMix(sets, SeededRandom.Of(_options.Seed, (ulong)index).Next());
        mix.Skip(PhotosBefore(index) + (long)run.Session.Steps * stage.PhotosPerStep);
        using var loader = new BatchLoader(mix, stage.PhotosPerStep, stage.Augmentation, _options.Network);
        var clock = new StageClock(_options, _stageSteps, index, stage.PhotosPerStep);
        var saved = Stopwatch.GetTimestamp();
        if (_resumed is null && index == 0) { SaveState(index, run); } // so that even a run killed at once is taken up, and a folder that cannot be written is known
        while (run.Session.Steps < (_stageSteps[index] ?? int.MaxValue))
        {
            if (cancellation.IsCancellationRequested)
            {
                _weights.TakeFrom(run.Session);
                SaveState(index, run);
                cancellation.ThrowIfCancellationRequested();
            }
            var norm = run.Step(loader.Next(), (double)run.Session.Steps / (_stageSteps[index] ?? stage.Steps));
            var losses = run.Losses;
            StepReport.RequireFinite(run, stage, losses, norm, _files);
            clock.Tick();
            if (_stageSteps[index] is null && clock.Steps == 2 * TimedSteps) { _stageSteps[index] = clock.StepsIn(_options.Minutes ?? 0, run.Session.Steps); }
            var step = run.Session.Steps;
            var judged = IsTimeToJudge(index, step, sets) ? _validation?.Judge(run, stage) : null;
            progress.Report(StepReport.Of(run, stage, _stageSteps[index] ?? stage.Steps, losses, norm, judged, clock));
            if (judged is not null && judged.IsBetterThan(_best)) { Keep(judged, run); }
            if (Stopwatch.GetElapsedTime(saved).TotalSeconds >= _options.SecondsBetweenStates)
            {
                _weights.TakeFrom(run.Session);
                SaveState(index, run);
                saved = Stopwatch.GetTimestamp();
            }
        }
        _weights.TakeFrom(run.Session);
        if (_options.KeepsBest && _bestWeights is not null) { _weights.TakeFrom(_bestWeights); }
        if (stage.Task == TrainingTask.EncoderPretraining) { _weights.CopyPatchEncoder(); }
        SaveState(index, run);
    }

    // Photos that earlier stages drew: each goes on where the one before ended, so that no stage sees the first scenes again.
    private long PhotosBefore(int index) => Enumerable.Range(0, index).Sum(i => (long)(_stageSteps[i] ?? 0) * _options.Stages[i].PhotosPerStep);

    private void SaveState(int index, StageRun run)
    {
        _record.Write();
        _files.Save(_weights, run.Session, fingerprint => new(index, [.. _stageSteps.TakeWhile(steps => steps is not null).Select(steps => steps ?? 0)], _best, fingerprint));
    }

    private void Keep(TrainingValidation judged, StageRun run)
    {
        _best = judged;
        _weights.TakeFrom(run.Session);
        _files.SaveBest(_weights);
        if (_options.KeepsBest) { _bestWeights = _weights.Copy(); }
    }

    private bool IsTimeToJudge(int index, int step, IReadOnlyList<TrainingSet> sets)
    {
        var stage = _options.Stages[index];
        if (_stageSteps[index] is not { } steps || _options.Validations == 0 || stage.Task == TrainingTask.EncoderPretraining) { return false; }
        if (step == steps) { return true; }
        // In photos, of which a part of the training has so many.
        var (photos, part) = _options.ValidateEachEpoch && sets.All(set => set.Length is not null)
            ? ((long)stage.PhotosPerStep, sets.Sum(set => set.Length ?? 0))
            : (_options.Validations, steps);
        return step * photos / part > (step - 1) * photos / part;
    }
}
