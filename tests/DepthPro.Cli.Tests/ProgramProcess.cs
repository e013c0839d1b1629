using System.Diagnostics;

namespace DepthPro.Cli.Tests;

/// <summary>The program as a process, to be interrupted, killed, or given a full disk.</summary>
internal static class ProgramProcess
{
    /// <param name="setUp">What the shell does before, each ended by a semicolon.</param>
    /// <param name="args">The program's.</param>
    public static Process Start(string setUp, params string[] args)
    {
        // What a shell starts in the background is born deaf to Ctrl-C, and so are these tests and their children unless env undoes it (GNU's can).
        const string Hearing = "env --default-signal=INT true 2> /dev/null && exec env --default-signal=INT \"$@\"; exec \"$@\"";
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"{setUp}{Hearing}", "sh", Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", Path.Combine(AppContext.BaseDirectory, "depthpro.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // which makes a large file in memory, subject to the limit
        return Process.Start(start) ?? throw new InvalidOperationException("depthpro did not start.");
    }

    /// <summary>Ctrl-C.</summary>
    public static void Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        kill.WaitForExit();
    }
}
