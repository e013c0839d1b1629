using DepthPro.Visuals;

namespace DepthPro.Reports;

/// <summary>A colour map as a background inside a page.</summary>
internal static class ColorGradient
{
    /// <summary>CSS of the colours from left to right.</summary>
    /// <param name="colors">From the one for 0 to the one for 1.</param>
    /// <param name="reversed">Whether the one for 1 is left.</param>
    /// <param name="stops">How many colours are stated; the page's blends lie between them.</param>
    public static string Css(ReadOnlySpan<uint> colors, bool reversed, int stops)
    {
        var css = new string[stops];
        for (var i = 0; i < stops; i++)
        {
            var (red, green, blue) = ColorTable.ColorOf(colors, (float)(reversed ? stops - 1 - i : i) / (stops - 1));
            css[i] = $"rgb({red} {green} {blue})";
        }
        return $"linear-gradient(90deg,{string.Join(", ", css)})";
    }
}
