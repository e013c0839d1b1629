using System.Reflection;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.ML;

namespace DepthPro.Notebooks;

/// <summary>Runs a notebook from its folder and compares its texts with the ones that are saved in it. Changes the process's current folder meanwhile.</summary>
internal static class NotebookRun
{
    /// <summary>Whether ML.NET is this repository's stand-in, which has no trainers.</summary>
    public static bool IsOnStandIn { get; } = typeof(MLContext).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(metadata => metadata is { Key: "MLNetSource", Value: "standin" });

    /// <summary>Runs all cells.</summary>
    /// <param name="notebook">Gets the new outputs if it is to be saved.</param>
    /// <param name="isSaving">Whether the outputs replace the saved ones; otherwise texts that differ are told.</param>
    /// <param name="skipped">Told of cells that do not run here, and why.</param>
    /// <returns>What is wrong; empty if nothing is.</returns>
    public static async Task<IReadOnlyList<string>> Of(Notebook notebook, bool isSaving, Action<string> skipped)
    {
        var (problems, before) = (new List<string>(), Environment.CurrentDirectory);
        var kernel = new NotebookKernel();
        try
        {
            Environment.CurrentDirectory = Path.GetDirectoryName(Path.GetFullPath(notebook.Path)) ?? before;
            for (var i = 0; i < notebook.CodeCells.Count; i++)
            {
                var (cell, name) = (notebook.CodeCells[i], $"{Path.GetFileName(notebook.Path)}, code cell {i + 1}");
                if (cell.NeedsGenuineMLNet && IsOnStandIn)
                {
                    skipped($"{name} needs ML.NET's trainers, which the stand-in does not have; its saved output stays");
                    continue;
                }
                IReadOnlyList<CellOutput> outputs;
                try
                {
                    outputs = await kernel.Run(cell.Source);
                }
                catch (Exception exception)
                {
                    problems.Add($"{name} failed: {(exception is CompilationErrorException ? exception.Message : exception)}\n{cell.Source}");
                    return problems;
                }
                if (isSaving) { (cell.Outputs, cell.ExecutionCount) = (outputs, i + 1); }
                else if (Difference(cell.Outputs, outputs) is { } difference) { problems.Add($"{name}: {difference}"); }
            }
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
        return problems;
    }

    private static string? Difference(IReadOnlyList<CellOutput> saved, IReadOnlyList<CellOutput> found)
    {
        if (saved.Count != found.Count) { return $"{found.Count} outputs; {saved.Count} are saved. Run with --save if that is meant."; }
        for (var i = 0; i < found.Count; i++)
        {
            if (found[i].Kind != saved[i].Kind || !found[i].Data.Keys.Order().SequenceEqual(saved[i].Data.Keys.Order()))
            {
                return $"output {i + 1} is {found[i].Kind} of {string.Join(", ", found[i].Data.Keys)}; saved is {saved[i].Kind} of {string.Join(", ", saved[i].Data.Keys)}. Run with --save if that is meant.";
            }
            if (!PrintedText.Agrees(found[i].Text, saved[i].Text)) { return $"output {i + 1} is\n{found[i].Text}\nsaved is\n{saved[i].Text}\nRun with --save if that is meant."; }
        }
        return null;
    }
}
