using System.Diagnostics;
using DepthPro.Tests;

namespace DepthPro.Samples.Tests;

/// <summary>Every file-based app runs by 'dotnet run' and prints its last line.</summary>
public sealed class AppTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private static string Folder => Path.Combine(Goldens.RepositoryRoot, "samples", "apps");

    public static TheoryData<string> Apps => [.. Directory.GetFiles(Folder, "*.cs").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task Runs(string name)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["run", name]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true }) ?? throw new InvalidOperationException("dotnet did not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);

        Assert.True(process.ExitCode == 0, $"{await output}\n{await error}");
        Assert.Contains("done: ", await output, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_one_for_each_notebook()
        => Assert.Equal(Directory.GetFiles(Path.Combine(Folder, "..", "notebooks"), "*.ipynb").Select(path => Path.GetFileNameWithoutExtension(path)).Order(), Directory.GetFiles(Folder, "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)).Order());
}
