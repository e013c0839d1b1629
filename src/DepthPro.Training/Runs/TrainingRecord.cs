using System.Diagnostics;
using System.Globalization;
using DepthPro.Network.Checkpoints;

namespace DepthPro.Training.Runs;

/// <summary>Follows a training: where it stands and how it went. Not thread-safe.</summary>
internal sealed class TrainingRecord : IProgress<TrainingProgress>
{
    // TrainingSession writes it into each state.
    private const string StepsMetadata = "steps";

    private readonly double _secondsBefore;
    private readonly TrainingCurves _curves;
    private long _start;
    private IProgress<TrainingProgress>? _listener;

    /// <param name="folder">The training's; null: nothing is written.</param>
    /// <param name="stages">All stages.</param>
    /// <param name="stageSteps">Their steps, where they are known.</param>
    /// <param name="resumedStage">The stage of the folder's state; null: there is none.</param>
    /// <exception cref="InvalidDataException">The folder's curves cannot be read.</exception>
    public TrainingRecord(string? folder, IReadOnlyList<TrainingStage> stages, IReadOnlyList<int?> stageSteps, int? resumedStage)
    {
        var index = resumedStage ?? 0;
        Position = new(stages[index].Name, resumedStage is null || folder is null ? 0 : StepOf(Path.Combine(folder, DepthTraining.StateName)), stageSteps[index]);
        IsTakenUp = resumedStage is not null;
        _curves = new(folder, [.. stages.Select(stage => stage.Name)], IsTakenUp ? Position : null);
        _secondsBefore = _curves.Rows.Count > 0 ? _curves.Rows[^1].Seconds : 0;
    }

    /// <summary>After the last step.</summary>
    public TrainingPosition Position { get; private set; }

    /// <summary>Whether it began with a state.</summary>
    public bool IsTakenUp { get; }

    /// <inheritdoc cref="TrainingCurves.Validation"/>
    public TrainingValidation? Validation => _curves.Validation;

    /// <summary>Starts the time.</summary>
    /// <param name="listener">Whom to tell, too.</param>
    public IProgress<TrainingProgress> Begin(IProgress<TrainingProgress>? listener)
    {
        (_start, _listener) = (Stopwatch.GetTimestamp(), listener);
        return this;
    }

    public void Report(TrainingProgress value)
    {
        Position = new(value.Stage, value.Step, value.Steps);
        _curves.Add(value, _secondsBefore + Stopwatch.GetElapsedTime(_start).TotalSeconds);
        _listener?.Report(value);
    }

    /// <summary>Writes the curves. Before a state, so that no step before it is missing when a killed run is taken up; what they have of later steps is dropped then.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Write() => _curves.Write();

    private static int StepOf(string state)
    {
        using var file = Checkpoint.Open(state);
        return file.Metadata.TryGetValue(StepsMetadata, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var steps) ? steps
            : throw new InvalidDataException($"'{state}' has no metadata '{StepsMetadata}'; expected the state of a training.");
    }
}
