using System.Text.Json.Nodes;

namespace DepthPro.Notebooks;

/// <summary>A cell with code and the outputs that are saved with it. Not thread-safe.</summary>
internal sealed class NotebookCell(JsonObject cell)
{
    // Cells of code that only the official packages have, such as ML.NET's trainers.
    private const string GenuineTag = "genuine-mlnet";

    public string Source => Text(cell["source"]);

    public bool NeedsGenuineMLNet => cell["metadata"]?["tags"]?.AsArray().Any(tag => (string?)tag == GenuineTag) ?? false;

    /// <summary>What was saved: texts, and of other outputs their kind.</summary>
    public IReadOnlyList<CellOutput> Outputs
    {
        get => [.. (cell["outputs"]?.AsArray() ?? []).OfType<JsonObject>().Select(CellOutput.Parse)];
        set => cell["outputs"] = new JsonArray([.. value.Select(output => output.ToJson())]);
    }

    /// <summary>The cell's number of execution.</summary>
    public int? ExecutionCount
    {
        set => cell["execution_count"] = value;
    }

    /// <summary>Text as notebooks keep it: a string, or an array of lines with their ends.</summary>
    internal static string Text(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(line => (string?)line)),
        JsonValue value => value.GetValue<string>(),
        _ => "",
    };
}
