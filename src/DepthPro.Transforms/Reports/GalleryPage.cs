using System.Globalization;
using System.Text;
using DepthPro.Network.Reports;

namespace DepthPro.Reports;

/// <summary>A page that shows what was made of one photo: its depth to point at, its pictures, and its files by name. Refers to the pictures and files beside it. Pure; thread-safe.</summary>
internal static class GalleryPage
{
    private const int LargestWidth = 600;

    /// <summary>The page.</summary>
    /// <param name="title">The photo's name.</param>
    /// <param name="photo">The photo.</param>
    /// <param name="depth">Its depth.</param>
    /// <param name="facts">Lines of name and value.</param>
    /// <param name="pictures">Files beside the page, and what they show.</param>
    /// <param name="files">Files beside the page, and what they hold.</param>
    public static string Html(string title, Photo photo, DepthMap depth, IEnumerable<(string Name, string Value)> facts, IEnumerable<(string File, string Text)> pictures, IEnumerable<(string File, string Text)> files)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Text(title)}</title><link rel="icon" href="data:,">
            <style>
            {PageStyle.Common}
            .gallery > figure {"{"} display: inline-block; margin: 0 12px 16px 0; vertical-align: top {"}"}
            .pictures img {"{"} width: 400px; max-width: 100%; height: auto {"}"}
            td {"{"} padding: 2px 16px 2px 0; text-align: left {"}"}
            </style></head><body>
            <h1>{Text(title)}</h1>
            <div class="gallery"><figure>{photo.ToHtml(LargestWidth)}<figcaption>the photo</figcaption></figure>
            <figure>{depth.ToHtml()}<figcaption>its depth; point at it to read metres</figcaption></figure></div>
            {HtmlTable.OfFacts("What is known", facts)}
            """);
        page.Append("<h2>Pictures</h2>\n<div class=\"gallery pictures\">\n");
        foreach (var (file, text) in pictures) { page.Append(CultureInfo.InvariantCulture, $"<figure><a href=\"{Text(file)}\"><img src=\"{Text(file)}\" alt=\"{Text(text)}\"></a><figcaption>{Text(text)}</figcaption></figure>\n"); }
        page.Append("</div>\n<h2>Files</h2>\n<table>\n");
        foreach (var (file, text) in files) { page.Append(CultureInfo.InvariantCulture, $"<tr><td><a href=\"{Text(file)}\">{Text(file)}</a></td><td>{Text(text)}</td></tr>\n"); }
        return page.Append("</table>\n</body></html>\n").ToString();
    }

    private static string Text(string text) => HtmlTable.Text(text);
}
