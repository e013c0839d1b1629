using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Runtime;

namespace DepthPro.Training.Trainers;

/// <summary>Tells the MLContext's log, now and then, and the caller, at each step, how far a training is. Not thread-safe.</summary>
/// <param name="channel">Of the log.</param>
/// <param name="caller">Null: nobody.</param>
internal sealed class TrainingLog(IChannel channel, IProgress<TrainingProgress>? caller) : IProgress<TrainingProgress>
{
    private const double SecondsBetweenLines = 10;

    private string? _stage;
    private long _told;

    public void Info(string message) => channel.Info(MessageSensitivity.None, message);

    public void Begin(DepthTrainingOptions options, int rows, int validationRows, TrainingStart? start) => Info(
        $"Training on {rows} rows, {(validationRows > 0 ? $"judged by {validationRows}" : "not judged")}, from {(start is null ? "random weights" : $"'{start}'")}: {string.Join(", ", options.Stages.Select(stage => stage.Name))}.");

    /// <summary>A callback that also warns in the log; null stays null.</summary>
    public Action<string>? Skipped(Action<string>? skipped) => skipped is null ? null : reason =>
    {
        channel.Warning(MessageSensitivity.UserData, $"Left out: {reason}");
        skipped(reason);
    };

    public void Report(TrainingProgress value)
    {
        if (value.Stage != _stage || value.Validation is not null || value.Step == value.Steps || Stopwatch.GetElapsedTime(_told).TotalSeconds >= SecondsBetweenLines)
        {
            (_stage, _told) = (value.Stage, Stopwatch.GetTimestamp());
            Info(string.Create(CultureInfo.InvariantCulture,
                $"{value.Stage}: step {value.Step} of {value.Steps}, loss {value.Loss:g4}, {value.PhotosPerSecond:f1} photos/s{(value.Remaining is { } left ? $", {left:d\\.hh\\:mm\\:ss} left" : "")}{(value.Validation is { } validation ? $"; validation: {validation}" : "")}"));
        }
        caller?.Report(value);
    }
}
