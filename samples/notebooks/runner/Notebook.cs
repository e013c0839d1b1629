using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DepthPro.Notebooks;

/// <summary>A Jupyter notebook (.ipynb, nbformat 4). Not thread-safe.</summary>
/// <param name="path">The file.</param>
/// <param name="json">What it holds.</param>
internal sealed class Notebook(string path, JsonNode json)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What a notebook may take with its outputs, so that it opens at once everywhere.</summary>
    public const int LargestBytes = 1_000_000;

    public string Path => path;

    /// <summary>The cells that hold C#, in order.</summary>
    public IReadOnlyList<NotebookCell> CodeCells { get; } = [.. Cells(path, json).Where(cell => (string?)cell["cell_type"] == "code").Select(cell => new NotebookCell(cell))];

    /// <exception cref="InvalidDataException">The file is no notebook.</exception>
    public static Notebook Read(string path)
    {
        try
        {
            return new(path, JsonNode.Parse(File.ReadAllText(path)) ?? throw new InvalidDataException($"'{path}' holds null; expected a notebook."));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{path}' is no notebook: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the file with its cells' outputs; it appears whole or not at all.</summary>
    public void Save()
    {
        var temporary = $"{path}.tmp";
        File.WriteAllText(temporary, json.ToJsonString(Json).ReplaceLineEndings("\n") + "\n");
        File.Move(temporary, path, overwrite: true);
    }

    private static IEnumerable<JsonObject> Cells(string path, JsonNode json)
        => json["cells"]?.AsArray().OfType<JsonObject>() ?? throw new InvalidDataException($"'{path}' has no cells; expected a notebook of nbformat 4.");
}
