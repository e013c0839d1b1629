using System.Globalization;
using System.Net;
using System.Text;
using DepthPro.Reports;

namespace DepthPro.Training.Runs;

/// <summary>The text of the page of a training's curves; it needs no other file.</summary>
internal static class CurvesPage
{
    private const int Height = 230, LossWidth = 440, Width = 640;

    // Of a stage's steps, the part over which the losses' mean is drawn.
    private const double SmoothedPart = 0.04;

    public static string Html(IReadOnlyList<CurveRow> rows, TrainingValidation? validation)
    {
        var stages = rows.GroupBy(row => row.Stage).ToList();
        var page = new StringBuilder();
        var judged = validation is null ? "" : $" On the validation photos: {validation}.";
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Training</title><link rel="icon" href="data:,">
            <style>
            {PageStyle.Common}
            {LineChartSvg.Style}
            </style></head><body>
            <h1>Training</h1>
            <p>{(rows.Count == 0 ? "No step yet." : Text($"{rows[^1].Stage}, step {rows[^1].Step}, after {Duration(rows[^1].Seconds)}, {rows[^1].PhotosPerSecond:0.#} photos a second.{judged}"))}</p>
            <h2>Loss</h2>
            <p>By stage: single steps pale, their running means bold; the terms that the loss is made of are unweighted.</p>
            <div class="figures">

            """);
        foreach (var stage in stages) { page.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{Text(stage.Key)}</figcaption>{Losses([.. stage])}</figure>\n"); }
        page.Append("</div>\n");

        var before = Before(stages);
        ChartLine Line(string name, Func<TrainingValidation, double> of)
            => new(name, [.. rows.Where(row => row.Validation is not null).Select(row => ((double)before[row.Stage] + row.Step, row.Validation is { } said ? of(said) : double.NaN))]);
        page.Append("<h2>Depth of the validation photos</h2>\n<p>With the true focal length. AbsRel: lower is better, and above 1 drawn at 1; delta1 and boundary F1: higher.</p>\n")
            .Append(LineChartSvg.Draw([Line("AbsRel", said => Math.Min(said.AbsRel, 1)), Line("delta1", said => said.Delta1), Line("boundary F1", said => said.BoundaryF1)], Width, Height, "steps of all stages"));
        page.Append("<h2>Error of their field of view, degrees</h2>\n")
            .Append(LineChartSvg.Draw([Line("mean absolute error", said => said.FieldOfViewErrorDegrees)], Width, Height, "steps of all stages"));
        return page.Append("\n</body></html>\n").ToString();
    }

    private static string Losses(IReadOnlyList<CurveRow> rows)
    {
        List<(double, double)> Points(Func<CurveRow, float> of) => [.. rows.Select(row => ((double)row.Step, (double)of(row)))];
        string[] terms = [.. rows.SelectMany(row => row.Terms.Keys).Distinct()];
        var loss = Points(row => row.Loss);
        List<ChartLine> lines = [new("loss", loss, Quiet: true), new("loss", Smooth(loss))];
        if (terms.Length > 1) { lines.AddRange(terms.Select(term => new ChartLine(term, Smooth(Points(row => row.Terms.GetValueOrDefault(term, float.NaN)))))); } // a single one is the loss
        return LineChartSvg.Draw(lines, LossWidth, Height, "step", logarithmic: true);
    }

    // Means of the points around each.
    private static List<(double X, double Y)> Smooth(List<(double X, double Y)> points)
    {
        var reach = (int)(points.Count * SmoothedPart / 2);
        return [.. points.Select((point, i) => (point.X, points[Math.Max(0, i - reach)..Math.Min(points.Count, i + reach + 1)].Average(near => near.Y)))];
    }

    // Steps of the stages before each.
    private static Dictionary<string, int> Before(List<IGrouping<string, CurveRow>> stages)
    {
        var (sum, before) = (0, new Dictionary<string, int>());
        foreach (var stage in stages)
        {
            before[stage.Key] = sum;
            sum += stage.Max(row => row.Step);
        }
        return before;
    }

    private static string Duration(double seconds) => TimeSpan.FromSeconds(seconds) is var time && time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min" : $"{time.Minutes} min {time.Seconds} s";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
