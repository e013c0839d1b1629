using System.Diagnostics;
using DepthPro.Notebooks;
using DepthPro.Tests;

namespace DepthPro.Samples.Tests;

/// <summary>Every file-based app runs by 'dotnet run' from the repository's root, and prints what is saved for it in this project's folder apps.</summary>
public sealed class AppTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private static string Folder => Path.Combine(Goldens.RepositoryRoot, "samples", "apps");

    public static TheoryData<string> Apps => [.. Directory.GetFiles(Folder, "*.cs").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task Runs_and_prints_what_is_saved(string name)
    {
        var file = Path.ChangeExtension(name, ".txt");
        var saved = Path.Combine(Goldens.RepositoryRoot, "tests", "DepthPro.Samples.Tests", "apps", file);
        var actual = Path.Combine(Goldens.RepositoryRoot, "artifacts", "sample-apps", file);

        var printed = await Printed(name);

        Directory.CreateDirectory(Path.GetDirectoryName(actual) ?? "");
        File.WriteAllText(actual, printed);
        Assert.True(File.Exists(saved), $"There is no '{saved}' to compare with. {name} printed\n{printed}\nIf that is right, copy '{actual}' there.");
        var expected = File.ReadAllText(saved).ReplaceLineEndings("\n");
        Assert.True(PrintedText.Agrees(printed, expected), $"{name} printed\n{printed}\nsaved is\n{expected}\nIf that is meant, copy '{actual}' over '{saved}'.");
    }

    [Fact]
    public void There_is_one_for_each_notebook()
        => Assert.Equal(Directory.GetFiles(Path.Combine(Folder, "..", "notebooks"), "*.ipynb").Select(path => Path.GetFileNameWithoutExtension(path)).Order(), Directory.GetFiles(Folder, "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)).Order());

    // With <temp>/ for the folder of temporary files, which is another one on each machine. Built first: what the build has to say is not the app's.
    private static async Task<string> Printed(string name)
    {
        var app = Path.Combine("samples", "apps", name);
        await Dotnet("build", app);
        return (await Dotnet("run", "--no-build", app)).ReplaceLineEndings("\n").Replace(Path.GetTempPath(), "<temp>/", StringComparison.Ordinal);
    }

    private static async Task<string> Dotnet(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Goldens.RepositoryRoot, RedirectStandardOutput = true, RedirectStandardError = true }) ?? throw new InvalidOperationException("dotnet did not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"'dotnet {string.Join(' ', arguments)}' ran for {Limit.TotalMinutes} minutes and was ended; expected it to end by itself.");
        }

        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{await output}\n{await error}");
        return await output;
    }
}
