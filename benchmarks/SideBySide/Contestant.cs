using System.Diagnostics;

namespace DepthPro.SideBySide;

/// <summary>A way to run the network, as a process of its own: it opens the network, runs it at least twice, prints seconds and writes what came of it.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Rounds">Whether it rounds weights or activations, so that its depth need not agree.</param>
/// <param name="Command">Program and arguments; the output file is given.</param>
internal sealed record Contestant(string Name, bool Rounds, Func<string, IReadOnlyList<string>> Command)
{
    /// <summary>At most this often; PyTorch is slow enough to be measured once.</summary>
    public int MostRounds { get; init; } = int.MaxValue;

    /// <summary>What its environment has besides.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it runs.</summary>
    public string? Folder { get; init; }

    /// <summary>Runs the process to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it said.</exception>
    public Measurement Measure(string output)
    {
        var command = Command(output);
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder ?? "" };
        foreach (var (name, value) in Environment) { start.Environment[name] = value; }
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{command[0]}' does not start.");
        var (lines, errors, peak) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), 0L);
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(50)))
        {
            process.Refresh();
            peak = Math.Max(peak, Peak(process));
        }
        return process.ExitCode == 0
            ? Measurement.Parse(lines.Result.Split('\n'), peak)
            : throw new InvalidOperationException($"{Name} ended with {process.ExitCode}: {errors.Result.Trim()}");
    }

    // It may end between the question whether it has and this one.
    private static long Peak(Process process)
    {
        try
        {
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}
