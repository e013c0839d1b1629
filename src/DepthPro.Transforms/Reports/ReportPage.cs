using System.Globalization;
using System.Text;
using DepthPro.Network.Reports;
using DepthPro.Visuals;

namespace DepthPro.Reports;

/// <summary>The text of an evaluation's page.</summary>
internal static class ReportPage
{
    // Of the histogram over images.
    private const int ImageBins = 20;

    private const string Style = """
        table { border-collapse: collapse; font-variant-numeric: tabular-nums } th, td { padding: .3rem .6rem; text-align: right; border-bottom: 1px solid var(--line) }
        th { font-weight: 600; vertical-align: bottom } th:first-child, td:first-child { text-align: left; min-width: 9rem }
        .images { width: 100% } .images thead th { position: sticky; top: 0; background: var(--back); z-index: 1 } .images tr.numbers td { border-bottom: 0; padding-top: .9rem } .images tr.numbers td:first-child { overflow-wrap: anywhere; font-weight: 600 }
        .images tr.pictures td { padding-bottom: .9rem; text-align: left }
        button { all: unset; cursor: pointer } button:focus-visible { outline: 2px solid var(--bar) } [aria-sort] button::after { content: " \25BC" } [aria-sort=ascending] button::after { content: " \25B2" }
        .strip { display: flex; flex-wrap: wrap; gap: .75rem; align-items: flex-end } img { display: block; max-width: 12.5rem; max-height: 12.5rem; border-radius: 3px }
        .scale { display: inline-block; width: 8rem; height: .7rem; vertical-align: middle; margin: 0 .4rem; border-radius: 2px }
        """;

    // Sorts the groups of rows by the clicked column: worst first, again for best first, undefined last.
    private const string Script = """
        const table = document.querySelector('.images'), heads = [...table.querySelectorAll('thead th')];
        heads.forEach((head, column) => head.querySelector('button').addEventListener('click', () => {
          const first = head.dataset.worst ?? 'ascending', now = head.getAttribute('aria-sort');
          const order = now === null ? first : now === 'ascending' ? 'descending' : 'ascending', sign = order === 'ascending' ? 1 : -1;
          heads.forEach(other => other.removeAttribute('aria-sort'));
          head.setAttribute('aria-sort', order);
          const key = body => body.rows[0].cells[column].dataset.value;
          const compare = (a, b) => column === 0 ? sign * key(a).localeCompare(key(b)) : key(a) === '' ? (key(b) === '' ? 0 : 1) : key(b) === '' ? -1 : sign * (key(a) - key(b));
          table.append(...[...table.tBodies].sort(compare));
        }));
        """;

    public static string Html(string title, DepthMetricsOptions options, IReadOnlyList<ReportRow> rows, EvaluationMetric sortedBy)
    {
        EvaluationMetric[] metrics = [.. EvaluationMetric.All.Where(metric => rows.Any(row => metric.Of(row.Comparison) is not null))];
        var totals = DepthEstimationMetrics.Of(rows.Select(row => row.Comparison));
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Text(title)}</title><link rel="icon" href="data:,">
            <style>
            {PageStyle.Common}
            {Style}
            </style></head><body>
            <h1>{Text(title)}</h1>
            <p>{MetricsTable.Caption(totals)}{(rows.Any(row => row.Comparison.Depth is not null) ? Protocol(options) : "")}</p>

            """);
        page.Append(CultureInfo.InvariantCulture, $"<h2>All images</h2>\n{MetricsTable.Of(totals, metrics)}");
        page.Append(Figures(rows, sortedBy));
        page.Append(CultureInfo.InvariantCulture, $"<h2>Images</h2>\n<p>Sorted by {sortedBy}, worst first; click a heading for another order.{(totals.Depth.Images > 0 ? Legend() : "")}</p>\n<table class=\"images\"><thead><tr><th><button>image</button></th>");
        foreach (var metric in metrics)
        {
            var worst = metric.HigherIsBetter ? "ascending" : "descending";
            page.Append(CultureInfo.InvariantCulture, $"<th data-worst=\"{worst}\"{(metric == sortedBy ? $" aria-sort=\"{worst}\"" : "")}><button>{MetricsTable.Heading(metric)}</button></th>");
        }
        page.Append("</tr></thead>\n");
        foreach (var row in sortedBy.WorstFirst(rows, row => row.Comparison)) { page.Append(Image(row, metrics)); }
        page.Append(CultureInfo.InvariantCulture, $"</table>\n<script>\n{Script}\n</script>\n</body></html>\n");
        return page.ToString();
    }

    private static string Figures(IReadOnlyList<ReportRow> rows, EvaluationMetric sortedBy)
    {
        double[] values = [.. rows.Select(row => sortedBy.Of(row.Comparison) ?? double.NaN).Where(double.IsFinite)];
        var figures = "";
        if (rows.Any(row => row.Errors?.Total > 0))
        {
            var all = ErrorHistogram.OfRelativeErrors();
            foreach (var row in rows) { if (row.Errors is { } errors) { all.Add(errors); } }
            figures += $"<section><h2>Relative error of all pixels</h2>{HistogramSvg.Draw(all, 420, 130, edge => edge.ToString("+0 %;-0 %;0 %", CultureInfo.InvariantCulture))}<p>Below 0: estimated too near; above: too far. The end bars hold what lies beyond.</p></section>\n";
        }
        if (values.Length > 0)
        {
            var ofImages = new ErrorHistogram(values.Min(), values.Max(), ImageBins);
            foreach (var value in values) { ofImages.Add(value); }
            figures += $"<section><h2>{sortedBy} of the images</h2>{HistogramSvg.Draw(ofImages, 420, 130, edge => MetricsTable.Number(edge))}<p>Number of images by {sortedBy}.</p></section>\n";
        }
        return $"<div class=\"figures\">\n{figures}</div>\n";
    }

    private static string Image(ReportRow row, EvaluationMetric[] metrics)
    {
        var cells = string.Concat(metrics.Select(metric => metric.Of(row.Comparison) is var value && value is { } known && double.IsFinite(known)
            ? string.Create(CultureInfo.InvariantCulture, $"<td data-value=\"{known:R}\">{MetricsTable.Number(known)}</td>")
            : $"<td data-value=\"\">{MetricsTable.Number(value)}</td>"));
        var pictures = string.Concat(row.Pictures.Select(picture =>
            $"<figure><img src=\"{picture.DataUri}\" alt=\"{Text($"{row.Name}: {picture.Kind}")}\"><figcaption>{picture.Kind}</figcaption></figure>"));
        var histogram = row.Errors?.Total > 0
            ? $"<figure>{HistogramSvg.Draw(row.Errors, 180, 90, edge => edge.ToString("+0 %;-0 %;0 %", CultureInfo.InvariantCulture))}<figcaption>relative error</figcaption></figure>" : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            <tbody><tr class="numbers"><td data-value="{Text(row.Name)}">{Text(row.Name)}</td>{cells}</tr>
            <tr class="pictures"><td colspan="{metrics.Length + 1}"><div class="strip">{pictures}{histogram}</div></td></tr></tbody>

            """);
    }

    private static string Legend() =>
        $" Depth: near<span class=\"scale\" style=\"background:{Scale(reversed: true)}\"></span>far, both maps in the truth's range."
        + $" Errors: 0 %<span class=\"scale\" style=\"background:{Scale(reversed: false)}\"></span>{ReportPictures.WorstError.ToString("0 %", CultureInfo.InvariantCulture)} and more; black is not compared.";

    private static string Scale(bool reversed) => ColorGradient.Css(TurboColormap.Colors, reversed, stops: 9);

    private static string Protocol(DepthMetricsOptions options) =>
        string.Create(CultureInfo.InvariantCulture, $" Depth range {options.MinDepth} to {options.MaxDepth} m, alignment {AlignmentText(options.Alignment)}.");

    private static string AlignmentText(DepthAlignment alignment) => alignment switch
    {
        DepthAlignment.None => "none (metric depth)",
        DepthAlignment.Median => "by medians",
        DepthAlignment.Affine => "affine in depth",
        _ => "affine in inverse depth",
    };

    private static string Text(string text) => HtmlTable.Text(text);
}
