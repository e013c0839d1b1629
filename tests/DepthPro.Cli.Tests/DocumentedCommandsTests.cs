using System.Text.RegularExpressions;
using DepthPro.Tests;

namespace DepthPro.Cli.Tests;

/// <summary>The command lines in the code fences of the README and of the pages under docs are such as the program takes.</summary>
public sealed partial class DocumentedCommandsTests
{
    private const int AtLeast = 12; // so that a pattern that finds nothing is no success

    [Fact]
    public void Are_understood()
    {
        var root = DepthProCommand.Root(TextWriter.Null, TextWriter.Null);
        string[] pages = [Path.Combine(Goldens.RepositoryRoot, "README.md"), .. Directory.GetFiles(Path.Combine(Goldens.RepositoryRoot, "docs"), "*.md").Order(StringComparer.Ordinal)];
        List<(string Page, string Arguments)> commands = [.. pages.SelectMany(page => CommandsOf(File.ReadAllText(page)).Select(arguments => (Path.GetFileName(page), arguments)))];

        var problems = commands.SelectMany(command => root.Parse(Words(command.Arguments)).Errors.Select(problem => $"{command.Page}, depthpro {command.Arguments}: {problem.Message}"));

        Assert.InRange(commands.Count, AtLeast, int.MaxValue);
        Assert.Empty(problems);
    }

    [Fact]
    public void Are_found_as_a_shell_reads_them()
    {
        const string Page = """
            depthpro outside of a fence
            ```yaml
            image: registry/depthpro
              depthpro estimate "$IN/a b" \
                --shard $((INDEX + 1))/8 --resume & p=$!
            ```
            ```
            dotnet run --project src/DepthPro.Cli -p:Some=true -- devices --device cuda  # a comment
            ```
            """;

        Assert.Equal(["estimate|1/a b|--shard|1/8|--resume", "devices|--device|cuda"], CommandsOf(Page).Select(arguments => string.Join('|', Words(arguments))));
    }

    // Continued lines are one, and a shell's variables are all 1, which is a count, a number of a shard and a name.
    private static IEnumerable<string> CommandsOf(string page) =>
        from fence in FencePattern().Matches(page)
        let lines = VariablePattern().Replace(ContinuationPattern().Replace(fence.Groups[1].Value, " "), "1")
        from command in CommandPattern().Matches(lines)
        select command.Groups[1].Value.Trim();

    private static string[] Words(string arguments) => [.. WordPattern().Matches(arguments).Select(word => word.Value.Replace("\"", ""))];

    [GeneratedRegex(@"^```[^\n]*\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencePattern();

    [GeneratedRegex(@"\\\r?\n\s*")]
    private static partial Regex ContinuationPattern();

    [GeneratedRegex(@"\$\(\(.*?\)\)|\$\{?\w+\}?")]
    private static partial Regex VariablePattern();

    // Up to what ends a command, or begins a comment.
    [GeneratedRegex(@"(?:^|[ \t])(?:depthpro|src/DepthPro\.Cli\b[^\r\n]*? --)[ \t]+([a-z][^\r\n;&|#]*)", RegexOptions.Multiline)]
    private static partial Regex CommandPattern();

    [GeneratedRegex(@"(?:""[^""]*""|\S)+")]
    private static partial Regex WordPattern();
}
