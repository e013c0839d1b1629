using System.Runtime.Loader;
using System.Text.RegularExpressions;
using DepthPro.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DepthPro.Estimators.Tests;

/// <summary>Every C# snippet of the README is a program: it is compiled, and run in a folder that holds samples/photos and, for each photo, truth/*.npy.</summary>
[Collection(nameof(CurrentFolder))]
public sealed partial class ReadmeTests
{
    public static TheoryData<int> Snippets => [.. Enumerable.Range(0, Programs().Count)];

    [Theory]
    [MemberData(nameof(Snippets))]
    public void Snippet_runs_and_prints_metres(int number)
    {
        var main = Compile(Programs()[number]);
        using var folder = new TemporaryFolder();
        foreach (var photo in Directory.GetFiles(Path.Combine(Goldens.RepositoryRoot, "samples", "photos"), "*.jpg"))
        {
            Directory.CreateDirectory(folder[Path.Combine("samples", "photos")]);
            File.Copy(photo, folder[Path.Combine("samples", "photos", Path.GetFileName(photo))]);
            Directory.CreateDirectory(folder["truth"]);
            var size = Photo.FromFile(photo);
            Npy.Write(folder[Path.Combine("truth", $"{Path.GetFileNameWithoutExtension(photo)}.npy")], CompareDepthTests.Map(size.Width, size.Height, 3));
        }
        var (before, console) = (Environment.CurrentDirectory, Console.Out);
        using var printed = new StringWriter();
        try
        {
            Environment.CurrentDirectory = folder.Path;
            Console.SetOut(printed);
            main.Invoke(null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
            Environment.CurrentDirectory = before;
        }

        Assert.Matches(@"\d\.\d\d m\b", printed.ToString());
    }

    [Fact]
    public void Has_a_snippet_for_each_way_of_use() => Assert.Equal(3, Programs().Count);

    [Fact]
    public void Names_commands_that_exist()
    {
        foreach (Match command in ProjectPattern().Matches(File.ReadAllText(Readme)))
        {
            Assert.True(Directory.Exists(Path.Combine(Goldens.RepositoryRoot, command.Groups[1].Value)), $"README runs '{command.Groups[1].Value}', which does not exist.");
        }
    }

    private static string Readme => Path.Combine(Goldens.RepositoryRoot, "README.md");

    private static List<string> Programs() => [.. SnippetPattern().Matches(File.ReadAllText(Readme)).Select(m => m.Groups[1].Value)];

    private static System.Reflection.MethodInfo Compile(string program)
    {
        const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";
        var assemblies = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create($"readme{program.Length}", [CSharpSyntaxTree.ParseText(program), CSharpSyntaxTree.ParseText(ImplicitUsings)],
            assemblies.Select(path => MetadataReference.CreateFromFile(path)), new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        using var bytes = new MemoryStream();
        var result = compilation.Emit(bytes);
        Assert.True(result.Success, $"{string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error))}\n{program}");
        bytes.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(bytes).EntryPoint ?? throw new InvalidOperationException("A snippet has no entry point.");
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex SnippetPattern();

    [GeneratedRegex(@"dotnet run --project (\S+)")]
    private static partial Regex ProjectPattern();
}

/// <summary>Tests that change the process's current folder and console run alone.</summary>
[CollectionDefinition(nameof(CurrentFolder), DisableParallelization = true)]
public sealed class CurrentFolder;
