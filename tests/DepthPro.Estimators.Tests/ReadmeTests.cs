using System.Runtime.Loader;
using System.Text.RegularExpressions;
using DepthPro.Network;
using DepthPro.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DepthPro.Estimators.Tests;

/// <summary>Every C# snippet of the README is a program, and so are the snippets of each page under docs taken together: they are compiled, and run in a folder that holds samples/photos, for each photo
/// truth/*.npy, and the demo model as models/depth-pro.</summary>
[Collection(nameof(CurrentFolder))]
public sealed partial class ReadmeTests
{
    // What takes too long for a test, and what takes its place.
    private static readonly (string Long, string Short)[] Shortened = [("Minutes = 30", "Steps = 4, Stages = [.. DepthTrainingOptions.Demo.Stages.Select(stage => stage with { PhotosPerStep = 2 })]")];

    public static TheoryData<int> Snippets => [.. Enumerable.Range(0, Programs().Count)];

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Path.Combine(Goldens.RepositoryRoot, "docs"), "*.md").Where(page => SnippetsOf(page).Count > 0).Select(page => Path.GetFileName(page)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Snippets))]
    public void Snippet_runs_and_prints_metres(int number) => Assert.Matches(@"\d\.\d\d m\b", Run(Programs()[number]));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_runs_and_prints_something(string page)
    {
        var program = Together(SnippetsOf(Path.Combine(Goldens.RepositoryRoot, "docs", page)));
        foreach (var (whole, shortened) in Shortened) { program = program.Replace(whole, shortened, StringComparison.Ordinal); }
        Assert.NotEmpty(Run(program));
    }

    private static string Run(string program)
    {
        var main = Compile(program);
        using var folder = new TemporaryFolder();
        foreach (var photo in Directory.GetFiles(Path.Combine(Goldens.RepositoryRoot, "samples", "photos"), "*.jpg"))
        {
            Directory.CreateDirectory(folder[Path.Combine("samples", "photos")]);
            File.Copy(photo, folder[Path.Combine("samples", "photos", Path.GetFileName(photo))]);
            Directory.CreateDirectory(folder["truth"]);
            var size = Photo.FromFile(photo);
            Npy.Write(folder[Path.Combine("truth", $"{Path.GetFileNameWithoutExtension(photo)}.npy")], CompareDepthTests.Map(size.Width, size.Height, 3));
        }
        if (program.Contains("models/depth-pro", StringComparison.Ordinal))
        {
            DepthProModel.SaveDemoCheckpoint(folder["demo.safetensors"]);
            ModelConverter.Convert(folder["demo.safetensors"], folder["models/depth-pro"]);
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
        return printed.ToString();
    }

    // Usings first, then statements, then types, as a program wants them.
    private static string Together(IEnumerable<string> snippets)
    {
        CompilationUnitSyntax[] units = [.. snippets.Select(snippet => CSharpSyntaxTree.ParseText(snippet).GetCompilationUnitRoot())];
        return string.Join('\n', [.. units.SelectMany(unit => unit.Usings).Select(line => line.ToString().Trim()).Distinct(),
            .. units.SelectMany(unit => unit.Members).OfType<GlobalStatementSyntax>().Select(member => member.ToFullString()), .. units.SelectMany(unit => unit.Members).OfType<TypeDeclarationSyntax>().Select(member => member.ToFullString())]);
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

    private static List<string> Programs() => SnippetsOf(Readme);

    private static List<string> SnippetsOf(string page) => [.. SnippetPattern().Matches(File.ReadAllText(page)).Select(m => m.Groups[1].Value)];

    private static System.Reflection.MethodInfo Compile(string program)
    {
        const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";
        var assemblies = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create($"readme{Guid.NewGuid():n}", [CSharpSyntaxTree.ParseText(program), CSharpSyntaxTree.ParseText(ImplicitUsings)],
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
