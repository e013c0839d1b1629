namespace DepthPro.Cli;

/// <summary>Folders that options name to write to.</summary>
internal static class OutputFolder
{
    /// <exception cref="UsageException">The folder cannot be made.</exception>
    public static void Create(string option, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{option} '{folder}' cannot be made: {exception.Message} Name a folder that can be written to.");
        }
    }
}
