using System.Diagnostics;
using DepthPro.Training.Curriculum;
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
    private readonly string? _folder;
    private readonly NetworkWeights _weights;
    private readonly ValidationPhotos? _validation;
    private readonly TrainingState? _resumed;
    private readonly int?[] _stageSteps;
    private readonly TrainingRecord _record;
    private TrainingValidation? _best;

    /// <summary>Prepares a training; nothing is computed yet.</summary>
    /// <param name="options">What to train and how.</param>
    /// <param name="sets">What to learn from.</param>
    /// <param name="validation">What to judge it by; shares no photo with <paramref name="sets"/>. Null: it is not judged.</param>
    /// <param name="validationPhotos">How many photos of it, the first ones; at least 1.</param>
    /// <param name="initial">A checkpoint to start from; null: random weights.</param>
    /// <param name="folder">Where states and checkpoints go; if it holds a state, the training goes on from there. Null: nothing is written.</param>
    /// <exception cref="ArgumentException">There are no sets or stages, a number is out of range, or the folder holds the state of another training.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged or of another network, or a validation photo cannot be used.</exception>
    public DepthTraining(DepthTrainingOptions options, IReadOnlyList<TrainingSet> sets, TrainingSet? validation = null, int validationPhotos = 64, string? initial = null, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(validationPhotos);
        TrainingCheck.Check(options, sets);
        (_options, _sets, _folder) = (options, sets, folder);
        if (folder is not null) { Directory.CreateDirectory(folder); }
        _resumed = folder is not null && File.Exists(PathOf(StateName)) ? TrainingState.Read(PathOf(StateName), options) : null;
        _weights = CheckpointWeights.Open(_resumed is null ? initial : PathOf(CheckpointName), options);
        _validation = validation is null ? null : new(validation, validationPhotos, options);
        _stageSteps = [.. options.Stages.Select(stage => StepsOf(stage, options))];
        for (var i = 0; i < _resumed?.StageSteps.Count; i++) { _stageSteps[i] = _resumed.StageSteps[i]; }
        _best = _resumed?.Best;
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

    /// <summary>Trains to the end.</summary>
    /// <param name="progress">Told after each step.</param>
    /// <param name="cancellation">Ends the training after the step in hand; its state is kept in the folder.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The loss is no number any more; the message tells step, term and the last good state.</exception>
    /// <exception cref="InvalidDataException">A photo or its depth cannot be used.</exception>
    /// <exception cref="IOException">A file cannot be written, because the disk is full for example; the one before it is still there.</exception>
    public void Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        progress = _record.Begin(progress);
        for (var i = _resumed?.Stage ?? 0; i < _options.Stages.Count; i++)
        {
            if (i != _resumed?.Stage) { _best = null; }
            RunStage(i, progress, cancellation);
        }
    }

    /// <summary>Writes the network as it is now as a checkpoint, which 'convert' makes a model folder of.</summary>
    /// <param name="path">The .safetensors file; replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => _weights.Save(path);

    private void RunStage(int index, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var stage = _options.Stages[index];
        TrainingSet[] sets = [.. _sets.Where(set => !stage.SyntheticOnly || set is { IsReal: false, IsMetric: true })];
        using var run = new StageRun(stage, _options, sets, _weights);
        if (_resumed?.Stage == index) { run.Session.LoadState(PathOf(StateName)); }
        var mix = new TrainingMix(sets, SeededRandom.Of(_options.Seed, (ulong)index).Next());
        mix.Skip((long)run.Session.Steps * stage.PhotosPerStep);
        using var loader = new BatchLoader(mix, stage.PhotosPerStep, stage.Augmentation, _options.Network);
        var clock = new StageClock(_options, _stageSteps, index, stage.PhotosPerStep);
        var saved = Stopwatch.GetTimestamp();
        while (run.Session.Steps < (_stageSteps[index] ?? int.MaxValue))
        {
            if (cancellation.IsCancellationRequested)
            {
                SaveState(index, run);
                cancellation.ThrowIfCancellationRequested();
            }
            var norm = run.Step(loader.Next(), (double)run.Session.Steps / (_stageSteps[index] ?? stage.Steps));
            RequireFinite(run, norm, stage);
            clock.Tick();
            if (_stageSteps[index] is null && clock.Steps == 2 * TimedSteps) { _stageSteps[index] = clock.StepsIn(_options.Minutes ?? 0, run.Session.Steps); }
            var step = run.Session.Steps;
            var judged = IsTimeToJudge(index, step) ? _validation?.Judge(run, stage) : null;
            Report(progress, stage, index, run, norm, judged, clock);
            if (judged is not null && judged.IsBetterThan(_best)) { Keep(judged, run); }
            if (Stopwatch.GetElapsedTime(saved).TotalSeconds >= _options.SecondsBetweenStates)
            {
                SaveState(index, run);
                saved = Stopwatch.GetTimestamp();
            }
        }
        _weights.TakeFrom(run.Session);
        if (stage.Task == TrainingTask.EncoderPretraining) { _weights.CopyPatchEncoder(); }
        SaveState(index, run);
    }

    private void Report(IProgress<TrainingProgress>? progress, TrainingStage stage, int index, StageRun run, float norm, TrainingValidation? judged, StageClock clock)
    {
        if (progress is null) { return; }
        var losses = run.Losses;
        progress.Report(new()
        {
            Stage = stage.Name,
            Step = run.Session.Steps,
            Steps = _stageSteps[index] ?? stage.Steps,
            Loss = losses[StageGraph.LossName],
            Terms = losses.Where(term => term.Key != StageGraph.LossName).ToDictionary(),
            GradientNorm = norm,
            LearningRate = stage.Rates((double)run.Session.Steps / (_stageSteps[index] ?? stage.Steps))[^1],
            PhotosPerSecond = clock.PhotosPerSecond,
            Remaining = clock.Remaining(run.Session.Steps),
            Validation = judged,
        });
    }

    private void RequireFinite(StageRun run, float norm, TrainingStage stage)
    {
        var losses = run.Losses;
        if (float.IsFinite(norm) && float.IsFinite(losses[StageGraph.LossName])) { return; }
        var term = losses.Where(pair => !float.IsFinite(pair.Value)).Select(pair => $"loss term '{pair.Key}' is {pair.Value}").FirstOrDefault() ?? $"the gradient's norm is {norm}";
        var good = _folder is not null && File.Exists(PathOf(StateName)) ? $"The last good state is '{PathOf(StateName)}'." : "No state was kept.";
        throw new InvalidOperationException($"Training stopped in stage '{stage.Name}' at step {run.Session.Steps + 1}: {term}. {good} Lower the learning rate, or look for depths or weights that are no numbers.");
    }

    // The weights first: of those that the session does not hold, none changes within a stage, so a state finds its weights whichever of the two came last.
    private void SaveState(int index, StageRun run)
    {
        _weights.TakeFrom(run.Session);
        if (_folder is null) { return; }
        _record.Write();
        _weights.Save(PathOf(CheckpointName));
        var state = new TrainingState(index, [.. _stageSteps.TakeWhile(steps => steps is not null).Select(steps => steps ?? 0)], _best, TrainingState.Fingerprint(_options));
        run.Session.SaveState(PathOf(StateName), state.ToMetadata());
    }

    private void Keep(TrainingValidation judged, StageRun run)
    {
        _best = judged;
        if (_folder is null) { return; }
        _weights.TakeFrom(run.Session);
        _weights.Save(PathOf(BestName));
    }

    private bool IsTimeToJudge(int index, int step)
    {
        if (_stageSteps[index] is not { } steps || _options.Validations == 0 || _options.Stages[index].Task == TrainingTask.EncoderPretraining) { return false; }
        return step * (long)_options.Validations / steps > (step - 1) * (long)_options.Validations / steps;
    }

    private string PathOf(string name) => Path.Combine(_folder ?? "", name);

    private static int? StepsOf(TrainingStage stage, DepthTrainingOptions options)
    {
        if (options.Minutes is not null) { return null; }
        var share = stage.Share / options.Stages.Sum(s => s.Share);
        return options.Steps is { } steps ? Math.Max(1, (int)Math.Round(steps * share)) : stage.Steps;
    }
}
