using System.Globalization;
using System.Text;

namespace DepthPro.Training.Runs;

/// <summary>Curves as a table of text: a line for each step that is kept. Thread-safe.</summary>
internal static class CurvesCsv
{
    // Around the loss's terms, whose columns have their names.
    private static readonly string[] Before = ["stage", "step", "seconds", "loss"], After = ["norm", "rate", "photosPerSecond", "absRel", "delta1", "boundaryF1", "fieldOfViewErrorDegrees"];

    public static string Write(IReadOnlyList<CurveRow> rows)
    {
        string[] terms = [.. rows.SelectMany(row => row.Terms.Keys).Distinct()];
        var text = new StringBuilder();
        text.AppendJoin(',', [.. Before, .. terms, .. After]).Append('\n');
        foreach (var row in rows)
        {
            text.AppendJoin(',', [Name(row.Stage), row.Step.ToString(CultureInfo.InvariantCulture), Number(Math.Round(row.Seconds, 2)), Number(row.Loss),
                .. terms.Select(term => row.Terms.TryGetValue(term, out var value) ? Number(value) : ""),
                Number(row.Norm), Number(row.Rate), Number(Math.Round(row.PhotosPerSecond, 3)),
                Number(row.Validation?.AbsRel), Number(row.Validation?.Delta1), Number(row.Validation?.BoundaryF1), Number(row.Validation?.FieldOfViewErrorDegrees)]).Append('\n');
        }
        return text.ToString();
    }

    /// <exception cref="InvalidDataException">It is no such table; the message names the line.</exception>
    public static IReadOnlyList<CurveRow> Read(string path)
    {
        var lines = File.ReadAllLines(path);
        string[] columns = lines.Length > 0 ? lines[0].Split(',') : [];
        var last = columns.Length - After.Length;
        if (last < Before.Length || !columns[..Before.Length].SequenceEqual(Before) || !columns[last..].SequenceEqual(After))
        {
            throw Unreadable(path, 1, $"its columns are '{string.Join(',', columns)}', not '{string.Join(',', Before)},…,{string.Join(',', After)}'");
        }
        var rows = new List<CurveRow>();
        foreach (var (index, line) in lines.Index().Skip(1))
        {
            var cells = line.Split(',');
            if (cells.Length != columns.Length) { throw Unreadable(path, index + 1, $"it has {cells.Length} cells, not {columns.Length}"); }
            double Value(int cell) => cells[cell].Length == 0 ? double.NaN
                : double.TryParse(cells[cell], CultureInfo.InvariantCulture, out var value) ? value : throw Unreadable(path, index + 1, $"'{cells[cell]}' in column '{columns[cell]}' is no number");
            var validation = new TrainingValidation { AbsRel = Value(last + 3), Delta1 = Value(last + 4), BoundaryF1 = Value(last + 5), FieldOfViewErrorDegrees = Value(last + 6) };
            var terms = Enumerable.Range(Before.Length, last - Before.Length).Where(cell => cells[cell].Length > 0).ToDictionary(cell => columns[cell], cell => (float)Value(cell));
            rows.Add(new(cells[0], (int)Value(1), Value(2), (float)Value(3), terms, (float)Value(last), (float)Value(last + 1), Value(last + 2),
                cells[(last + 3)..].All(cell => cell.Length == 0) ? null : validation));
        }
        return rows;
    }

    /// <summary>A stage's name as it stands in a cell.</summary>
    public static string Name(string stage) => stage.Replace(',', ' ').ReplaceLineEndings(" ");

    private static string Number(double? value) => value is { } number && !double.IsNaN(number) ? number.ToString(CultureInfo.InvariantCulture) : "";

    private static string Number(float value) => float.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture);

    private static InvalidDataException Unreadable(string path, int line, string problem)
        => new($"The curves in '{path}' cannot be continued: line {line}: {problem}. Move the file away, and the training goes on with new curves.");
}
