using System.Globalization;
using Spectre.Console;

namespace DepthPro.Cli;

/// <summary>An evaluation as tables for people.</summary>
internal static class EvaluationTable
{
    // More are for --json and --report.
    private const int MostImages = 20;

    // Where the output is no terminal; a terminal tells its own.
    private const int Width = 120;

    // Of each image those that say most; a terminal has not room for all.
    private static readonly string[] OfEachImage = ["absRel", "rmse", "siLog", "delta1", "boundaryF1", "maskBoundaryRecall"];

    public static void Write(EvaluationResults results, EvaluationMetric sortedBy, TextWriter output)
    {
        if (results.Images.Count == 0) { return; }
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output), Interactive = InteractionSupport.No });
        if (!console.Profile.Out.IsTerminal) { console.Profile.Width = Width; }
        var mean = EvaluationJson.MeanOf(results);
        EvaluationMetric[] computed = [.. EvaluationMetric.All.Where(metric => metric.Of(mean) is not null)];
        if (results.OfFolders) { console.Write(Images(results, sortedBy, [.. computed.Where(metric => metric == sortedBy || OfEachImage.Contains(metric.Name))])); }
        console.Write(Totals(results, mean, computed));
        var (images, empty) = (results.Images.Count, results.Images.Count(image => image.Comparison.ValidPixels == 0));
        output.WriteLine($"{images} {(images == 1 ? "image" : "images")}, {mean.ValidPixels.ToString("N0", CultureInfo.InvariantCulture)} valid pixels{(empty > 0 ? $"; {empty} without a valid pixel, left out of the means" : "")}"
            + $"{(images > MostImages ? $"; the worst {MostImages} by {sortedBy} are listed, --json and --report give all" : "")}.");
    }

    private static Table Images(EvaluationResults results, EvaluationMetric sortedBy, EvaluationMetric[] metrics)
    {
        var table = NewTable("image", [.. metrics.Select(metric => metric.Name)]);
        foreach (var image in sortedBy.WorstFirst(results.Images, image => image.Comparison).Take(MostImages))
        {
            table.AddRow([new Text(image.Pair.Name), .. metrics.Select(metric => new Text(Number(metric.Of(image.Comparison))))]);
        }
        return table;
    }

    private static Table Totals(EvaluationResults results, DepthComparison mean, EvaluationMetric[] metrics)
    {
        var pooled = new DepthComparison { Depth = results.Totals.PooledDepth };
        var hasPooled = results.OfFolders && mean.Depth is not null;
        var table = NewTable("metric", [results.OfFolders ? "mean over images" : "value", .. hasPooled ? ["pooled over pixels"] : Array.Empty<string>()]);
        foreach (var metric in metrics)
        {
            table.AddRow([new Text(metric.Name), new Text(Number(metric.Of(mean))), .. hasPooled ? [new Text(Number(metric.Of(pooled)))] : Array.Empty<Text>()]);
        }
        return table;
    }

    private static Table NewTable(string first, IReadOnlyList<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn(new Text(first)));
        foreach (var column in columns) { table.AddColumn(new TableColumn(new Text(column)).RightAligned()); }
        return table;
    }

    private static string Number(double? value) => value is { } number ? double.IsNaN(number) ? "-" : number.ToString("0.0000", CultureInfo.InvariantCulture) : "";
}
