namespace DepthPro.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Some inputs failed, each named on stderr; the others are done.</summary>
    public const int SomeInputsFailed = 1;

    /// <summary>The command line cannot be carried out.</summary>
    public const int Usage = 2;

    /// <summary>The model, checkpoint or device cannot be used.</summary>
    public const int ModelUnusable = 3;

    /// <summary>Ctrl-C or SIGTERM: what was finished before is there, whole, and nothing else. 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
