using System.Text.Json.Nodes;

namespace DepthPro.Notebooks;

/// <summary>What a cell printed or showed. Immutable, thread-safe.</summary>
/// <param name="Kind">stream, display_data, execute_result or error.</param>
/// <param name="Data">Contents by MIME type; a stream's under text/plain.</param>
internal sealed record CellOutput(string Kind, IReadOnlyDictionary<string, string> Data)
{
    public const string PlainText = "text/plain", Html = "text/html";

    private const string Stream = "stream", Result = "execute_result", Display = "display_data";

    /// <summary>The plain text.</summary>
    public string Text => Data.GetValueOrDefault(PlainText, "");

    public static CellOutput Printed(string text) => new(Stream, new Dictionary<string, string> { [PlainText] = text });

    public static CellOutput Shown(object value, bool isResult = false) => new(isResult ? Result : Display, RichOutput.Of(value));

    public static CellOutput Parse(JsonObject output)
    {
        var kind = (string?)output["output_type"] ?? "";
        return kind == Stream ? Printed(NotebookCell.Text(output["text"]))
            : new(kind, output["data"]?.AsObject().ToDictionary(pair => pair.Key, pair => NotebookCell.Text(pair.Value)) ?? []);
    }

    public JsonObject ToJson()
    {
        if (Kind == Stream) { return new() { ["name"] = "stdout", ["output_type"] = Stream, ["text"] = Lines(Text) }; }
        JsonObject json = new() { ["data"] = new JsonObject(Data.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Lines(pair.Value)))), ["metadata"] = new JsonObject(), ["output_type"] = Kind };
        if (Kind == Result) { json["execution_count"] = null; }
        return json;
    }

    private static JsonArray Lines(string text) => [.. text.Split('\n').Select((line, i) => i < text.Count(c => c == '\n') ? $"{line}\n" : line).Where(line => line.Length > 0)];
}
