using System.Net;
using System.Text;

namespace DepthPro.Network.Reports;

/// <summary>Tables inside a page or a notebook. They take their colours and letters from what is around them.</summary>
internal static class HtmlTable
{
    /// <summary>For tables in a notebook or a page without a style of its own: room between the columns.</summary>
    public const string Style = "border-collapse:separate;border-spacing:.8em .15em;font-variant-numeric:tabular-nums";

    /// <summary>A text that is not taken for markup.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A name and its value in each row.</summary>
    public static string OfFacts(string title, IEnumerable<(string Name, string Value)> facts)
    {
        var table = new StringBuilder($"<table style=\"{Style}\"><caption style=\"text-align:left;font-weight:600\">{Text(title)}</caption><tbody>\n");
        foreach (var (name, value) in facts)
        {
            table.Append($"<tr><th scope=\"row\" style=\"text-align:left;font-weight:400;opacity:.75;vertical-align:top\">{Text(name)}</th><td style=\"text-align:left;overflow-wrap:anywhere\">{Text(value)}</td></tr>\n");
        }
        return table.Append("</tbody></table>\n").ToString();
    }
}
