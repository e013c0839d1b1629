namespace DepthPro.Cli.Tests;

/// <summary>A test that needs a Unix shell, signals and limits.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = UnixTheoryAttribute.Reason;
}

/// <inheritdoc cref="UnixFactAttribute"/>
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = Reason;

    public static string? Reason => OperatingSystem.IsWindows() ? "Needs a Unix shell, signals and limits." : null;
}
