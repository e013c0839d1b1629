using System.Diagnostics;

namespace DepthPro.Cli.Tests;

/// <summary>A test with a folder that the program may not read. Root may read every folder, unless it gives up the capabilities that let it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnreadableFolderFactAttribute : FactAttribute
{
    private const string GiveUp = "set -- setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search \"$@\"; ";

    public UnreadableFolderFactAttribute() => Skip = Reason;

    /// <summary>What a shell does first, so that what it runs then may not read the folder.</summary>
    public static string SetUp { get; } = Environment.IsPrivilegedProcess ? GiveUp : "";

    private static string? Reason { get; } = OperatingSystem.IsWindows() ? "Needs the file modes of Unix."
        : !Environment.IsPrivilegedProcess || CanGiveUp() ? null : "Root may read every folder; needs setpriv (util-linux) to give that up, or another user.";

    private static bool CanGiveUp()
    {
        using var trial = Process.Start("/bin/sh", ["-c", $"{GiveUp}exec \"$@\" 2> /dev/null", "sh", "true"]);
        trial.WaitForExit();
        return trial.ExitCode == 0;
    }
}
