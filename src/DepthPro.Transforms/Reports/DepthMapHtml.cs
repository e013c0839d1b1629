using System.Globalization;
using System.Text;
using DepthPro.Formats;
using DepthPro.Imaging;
using DepthPro.Network.Reports;
using DepthPro.Visuals;

namespace DepthPro.Reports;

/// <summary>A depth map inside a page or a notebook: its picture, a scale bar, and a line that tells the metres under the pointer.</summary>
/// <remarks>Everything is in the elements themselves: no style sheet, no id, no global name, so that any number of maps, the same one twice too, do not disturb each
/// other or the page; without scripts the picture and the bar remain. Text and ticks take the page's colour, light or dark.</remarks>
internal static class DepthMapHtml
{
    private const int LongerSide = 800, Marks = 6, GradientStops = 33;

    // A smaller picture is shown enlarged: the bar's marks need room, and a pixel can be pointed at.
    private const int LeastWidth = 320;

    private const string Hint = "Point at the picture to read metres.";

    private const string Unknown = "repeating-linear-gradient(45deg,#8886 0 4px,#8883 4px 8px)";

    // Of the element with the picture. Its data tell sizes, range and codes (HoverGrid).
    private const string OnMove = $$"""
        const map = this.dataset, box = this.getBoundingClientRect();
        const cell = (offset, length, cells) => Math.max(0, Math.min(cells - 1, Math.floor(offset / length * cells)));
        const at = (columns, rows) => [cell(event.clientX - box.left, box.width, columns), cell(event.clientY - box.top, box.height, rows)];
        const [column, row] = at(map.columns, map.rows), [x, y] = at(map.width, map.height), digits = '{{HoverGrid.Digits}}';
        const first = 2 * (row * map.columns + column), code = 64 * digits.indexOf(map.codes[first]) + digits.indexOf(map.codes[first + 1]);
        const meters = map.nearest * Math.pow(map.farthest / map.nearest, (code - 1) / (map.last - 1));
        const text = code === 0 ? 'unknown' : (meters < 100 ? meters.toPrecision(3) : meters.toFixed(0)) + ' m';
        this.parentElement.querySelector('output').textContent = 'x ' + x + ', y ' + y + ': ' + text;
        """;

    private const string OnLeave = $"this.parentElement.querySelector('output').textContent = '{Hint}';";

    public static string Of(DepthMap depth, DepthColorOptions options)
    {
        // Of picture, bar and pointer none is to know what another does not.
        var known = depth.KnownMeters();
        var (range, grid) = (ColorRange.Of(known, options), HoverGrid.Of(depth));
        var colors = ColorTable.Of(options.Colormap);
        var (width, height) = AreaAverage.SizeWithin(depth.Width, depth.Height, LongerSide);
        var caption = HtmlTable.Text(Caption(depth));
        var (picture, hasUnknown) = Picture(Thumbnail.Shrink(depth.Width, depth.Height, (width, height), known), width, height, range, colors);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<figure style=\"margin:.5em 0;width:{Math.Max(width, LeastWidth)}px;max-width:100%\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<div style=\"cursor:crosshair;background:{Unknown}\" data-width=\"{depth.Width}\" data-height=\"{depth.Height}\" data-columns=\"{grid.Columns}\" data-rows=\"{grid.Rows}\" ")
            .Append(CultureInfo.InvariantCulture, $"data-nearest=\"{grid.NearestMeters:g9}\" data-farthest=\"{grid.FarthestMeters:g9}\" data-last=\"{HoverGrid.LastCode}\" data-codes=\"{grid.Codes}\" ")
            .Append($"onpointermove=\"{HtmlTable.Text(OnMove)}\" onpointerleave=\"{HtmlTable.Text(OnLeave)}\">")
            .Append($"<img style=\"display:block;width:100%;height:auto{(width < LeastWidth ? ";image-rendering:pixelated" : "")}\" src=\"data:image/png;base64,{picture}\" alt=\"Depth map, {caption}\"></div>\n");
        AppendBar(html, range, colors);
        html.Append($"<figcaption style=\"font-size:.85em\">{caption}{(hasUnknown ? ", hatched where unknown" : "")}<br><output style=\"font-variant-numeric:tabular-nums\">{Hint}</output></figcaption>\n</figure>\n");
        return html.ToString();
    }

    // Near left, far right.
    private static void AppendBar(StringBuilder html, ColorRange range, ReadOnlySpan<uint> colors)
    {
        html.Append($"<div style=\"height:.7em;margin-top:.4em;background:{ColorGradient.Css(colors, reversed: true, GradientStops)}\"></div>\n<div style=\"position:relative;height:1.7em;font-size:.85em\">");
        foreach (var mark in DepthMarks.Of(range, Marks))
        {
            var left = 100 * (1 - range.PlaceOf((float)mark));
            html.Append(CultureInfo.InvariantCulture, $"<span style=\"position:absolute;left:{left:0.##}%;height:.3em;border-left:1px solid\"></span>");
            html.Append(CultureInfo.InvariantCulture, $"<span style=\"position:absolute;left:{left:0.##}%;top:.25em;transform:translateX(-50%);white-space:nowrap\">{ScaleBar.LabelOf(mark)}</span>");
        }
        html.Append("</div>\n");
    }

    // Unknown pixels are transparent, for which the first two colours, which no eye tells apart, share an entry of the palette.
    private static (string Base64, bool HasUnknown) Picture(float[] meters, int width, int height, ColorRange range, ReadOnlySpan<uint> colors)
    {
        var (indices, hasUnknown) = (new byte[meters.Length], false);
        foreach (var value in meters) { hasUnknown |= float.IsNaN(value); }
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = ColorTable.IndexOf(range.At(meters[i])) is { } index ? (byte)(hasUnknown ? Math.Max(index, 1) : index) : (byte)0;
        }
        return (Convert.ToBase64String(PngPaletteWriter.Write(width, height, indices, colors, hasUnknown)), hasUnknown);
    }

    private static string Caption(DepthMap depth)
    {
        var known = float.IsNaN(depth.Min) ? "no known depth" : FormattableString.Invariant($"{depth.Min:g4} to {depth.Max:g4} m, median {depth.Median:g4} m");
        var focalLength = float.IsNaN(depth.FocalLengthPixels) ? "" : FormattableString.Invariant($", focal length {depth.FocalLengthPixels:g5} px ({depth.FocalLengthSource.ToText()})");
        return FormattableString.Invariant($"{depth.Width} × {depth.Height} pixels, {known}{focalLength}");
    }
}
