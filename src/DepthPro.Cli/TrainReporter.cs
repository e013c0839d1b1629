using System.Diagnostics;
using System.Globalization;
using DepthPro.Training;

namespace DepthPro.Cli;

/// <summary>A training's progress: on a terminal one line that changes, elsewhere a line now and then; and a line for each look at the validation photos.</summary>
internal sealed class TrainReporter(TextWriter output, ProgressLine line) : IProgress<TrainingProgress>
{
    private const double SecondsBetweenLines = 5;

    private long? _told;
    private string _metrics = "";

    public void Report(TrainingProgress value)
    {
        if (value.Validation is { } validation)
        {
            _metrics = $"  {Describe(validation)}";
            line.Clear();
            output.WriteLine($"{Describe(value)}{_metrics}");
            _told = Stopwatch.GetTimestamp();
        }
        else if (line.IsShown) { line.ShowText($"{Describe(value)}{_metrics}"); }
        else if (_told is not { } told || Stopwatch.GetElapsedTime(told).TotalSeconds >= SecondsBetweenLines)
        {
            output.WriteLine(Describe(value));
            _told = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>As in absRel 0.213, delta1 0.642, boundaryF1 0.105, field of view 4.2 degrees off.</summary>
    public static string Describe(TrainingValidation validation)
    {
        static string Part(double value, FormattableString text) => double.IsNaN(value) ? "" : FormattableString.Invariant(text);
        string[] parts =
        [
            Part(validation.AbsRel, $"absRel {validation.AbsRel:0.000}"), Part(validation.Delta1, $"delta1 {validation.Delta1:0.000}"), Part(validation.BoundaryF1, $"boundaryF1 {validation.BoundaryF1:0.000}"),
            Part(validation.FieldOfViewErrorDegrees, $"field of view {validation.FieldOfViewErrorDegrees:0.0} degrees off"),
        ];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    private static string Describe(TrainingProgress value) => string.Create(CultureInfo.InvariantCulture,
        $"{value.Stage}  {value.Step}/{value.Steps}  loss {value.Loss:0.0000}  {value.PhotosPerSecond:0.0} photos/s{(value.Remaining is { } left ? $"  {(int)left.TotalHours}:{left:mm\\:ss} left" : "")}");
}
