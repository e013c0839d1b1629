namespace DepthPro.Cli.Tests;

/// <summary>Folders of photos of which a part may not be read.</summary>
public sealed class UnreadableFolderTests : IDisposable
{
    private readonly PhotoFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [UnreadableFolderFact]
    public void Estimate_names_a_subfolder_that_cannot_be_read_and_does_the_others()
    {
        if (OperatingSystem.IsWindows()) { return; } // skipped there, as the analyzer does not know
        _folder.Photo("photos/a.png");
        _folder.Photo("photos/locked/b.png");
        _folder.Photo("photos/open/c.png");
        var locked = Path.Combine(_folder["photos"], "locked");
        File.SetUnixFileMode(locked, UnixFileMode.None);
        try
        {
            var (code, output, error) = Run("estimate", _folder["photos"], "--recursive", "--output", _folder["depth"], "--format", "npy");
            var again = Run("estimate", _folder["photos"], "--recursive", "--output", _folder["depth"], "--format", "npy", "--resume");

            Assert.Equal(ExitCode.SomeInputsFailed, code);
            Assert.Equal(2, output.TrimEnd().Split('\n').Length);
            Assert.Contains($"Folder '{locked}' cannot be read: ", error);
            Assert.Contains("Its photos are left out; make it readable, and the same command with --resume does them.", error);
            Assert.Equal(["a.json", "a.npy", "open/c.json", "open/c.npy"], _folder.Files("depth"));
            Assert.Equal((ExitCode.SomeInputsFailed, ""), (again.Code, again.Output)); // also where nothing else is left to do
            Assert.Contains($"Folder '{locked}' cannot be read: ", again.Error);
        }
        finally
        {
            File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var process = ProgramProcess.Start(UnreadableFolderFactAttribute.SetUp, args);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error);
    }
}
