namespace DepthPro.Cli;

/// <summary>How the names of files are told apart.</summary>
internal static class PathNames
{
    /// <summary>By case; not on Windows and macOS, whose file systems usually take names that differ only in case for one.</summary>
    public static StringComparer Comparer { get; } = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
