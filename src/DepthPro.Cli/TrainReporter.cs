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
            _metrics = $"  {validation}";
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

    private static string Describe(TrainingProgress value) => string.Create(CultureInfo.InvariantCulture,
        $"{value.Stage}  {value.Step}/{value.Steps}  loss {value.Loss:0.0000}  {value.PhotosPerSecond:0.0} photos/s{(value.Remaining is { } left ? $"  {(int)left.TotalHours}:{left:mm\\:ss} left" : "")}");
}
