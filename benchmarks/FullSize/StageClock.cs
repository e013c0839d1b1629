using System.Diagnostics;
using System.Globalization;

namespace DepthPro.FullSize;

/// <summary>Prints the time and the peak of the process's memory of each stage.</summary>
internal static class StageClock
{
    private const string Status = "/proc/self/status", ResetPeak = "/proc/self/clear_refs";

    /// <summary>Runs a stage and prints its line.</summary>
    public static T Measure<T>(string stage, Func<T> run)
    {
        Start();
        var watch = Stopwatch.StartNew();
        var result = run();
        Print(stage, watch.Elapsed);
        return result;
    }

    /// <inheritdoc cref="Measure{T}"/>
    public static void Measure(string stage, Action run) => Measure(stage, () =>
    {
        run();
        return true;
    });

    /// <summary>Prints a line for each part of the network that runs, until disposed.</summary>
    public static IDisposable FollowScoring()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "DepthPro",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = _ => Start(),
            ActivityStopped = activity => Print(activity.OperationName, activity.Duration),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    // Linux sets VmHWM back to the present size when 5 is written there; elsewhere the peak is that since the start.
    private static void Start()
    {
        if (File.Exists(ResetPeak)) { File.WriteAllText(ResetPeak, "5"); }
    }

    private static void Print(string stage, TimeSpan time)
        => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stage,-28} {time.TotalSeconds,8:f1} s {PeakBytes() / 1e9,8:f2} GB peak"));

    private static long PeakBytes()
    {
        if (!File.Exists(Status))
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
        var line = File.ReadLines(Status).First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
