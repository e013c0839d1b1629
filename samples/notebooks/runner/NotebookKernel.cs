using System.Text;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace DepthPro.Notebooks;

/// <summary>Runs cells of C# one after the other, as .NET Interactive does: each goes on from the one before; a last expression is the cell's result. Not thread-safe.</summary>
internal sealed class NotebookKernel
{
    private static readonly string[] Usings = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading.Tasks"];

    private readonly List<CellOutput> _outputs = [];
    private readonly StringBuilder _printed = new();
    private readonly KernelFunctions _functions;
    private readonly ScriptOptions _options;
    private ScriptState<object>? _state;

    public NotebookKernel()
    {
        _functions = new(Show);
        var assemblies = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        _options = ScriptOptions.Default.WithReferences(assemblies.Select(path => Microsoft.CodeAnalysis.MetadataReference.CreateFromFile(path))).WithImports(Usings)
            .WithLanguageVersion(Microsoft.CodeAnalysis.CSharp.LanguageVersion.Preview);
    }

    /// <summary>Runs a cell and gives what it printed and showed.</summary>
    /// <exception cref="CompilationErrorException">The cell is no valid C#.</exception>
    public async Task<IReadOnlyList<CellOutput>> Run(string source)
    {
        _outputs.Clear();
        var console = Console.Out;
        using var writer = new StringWriter(_printed);
        Console.SetOut(writer);
        try
        {
            var code = WithoutPackages(source);
            _state = _state is null ? await CSharpScript.RunAsync(code, _options, _functions) : await _state.ContinueWithAsync(code, _options);
        }
        finally
        {
            Console.SetOut(console);
        }
        Flush();
        if (_state.ReturnValue is { } result) { _outputs.Add(CellOutput.Shown(result, isResult: true)); }
        return [.. _outputs];
    }

    // The packages are this repository's own projects here.
    private static string WithoutPackages(string source) => string.Join('\n', source.Split('\n').Select(line => line.StartsWith("#r \"nuget:", StringComparison.Ordinal) || line.StartsWith("#i ", StringComparison.Ordinal) ? "" : line));

    private void Show(object value)
    {
        Flush();
        _outputs.Add(CellOutput.Shown(value));
    }

    private void Flush()
    {
        if (_printed.Length > 0) { _outputs.Add(CellOutput.Printed(_printed.ToString().ReplaceLineEndings("\n"))); }
        _printed.Clear();
    }
}
