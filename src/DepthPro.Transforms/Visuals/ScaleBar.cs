using DepthPro.Reports;

namespace DepthPro.Visuals;

/// <summary>A strip for the right side of a picture that shows its colours with round depths: far at the top, near at the bottom, as in most photos.</summary>
internal static class ScaleBar
{
    private const int MostMarks = 6;

    // In units that grow with the picture, so that the digits are legible in a photo shown small as in one shown large: at 400 pixels height a unit is 2.
    private const double UnitsInHeight = 200;
    private const int Margin = 4, BarWidth = 8, TickWidth = 2, TickGap = 2, RoomOfMark = 24;
    private const byte Background = 255, Ink = 40;

    /// <summary>The strip, <paramref name="height"/> pixels high; a picture that is too low for digits gets the colours alone.</summary>
    public static Photo Draw(int height, ColorRange range, ReadOnlySpan<uint> colors)
    {
        var unit = Math.Max(1, (int)Math.Round(height / UnitsInHeight));
        var top = Math.Min(Margin * unit, (height - 1) / 2);
        var length = height - 2 * top;
        var marks = height < SmallDigits.Height * unit ? [] : DepthMarks.Of(range, Math.Clamp(length / (RoomOfMark * unit), 1, MostMarks));
        (string Text, int Row)[] labels = [.. marks.Select(mark => (LabelOf(mark), RowOf(mark, range, top, length)))];

        var (left, right) = (Margin * unit, (Margin + BarWidth) * unit);
        var textLeft = right + (TickWidth + TickGap) * unit;
        var width = textLeft + (labels.Select(label => SmallDigits.WidthOf(label.Text)).DefaultIfEmpty(0).Max() + Margin) * unit;
        var rgb = new byte[checked(width * height * 3)];
        Array.Fill(rgb, Background);
        for (var y = top; y < top + length; y++)
        {
            var (red, green, blue) = ColorTable.ColorOf(colors, (y - top + 0.5f) / length);
            for (var x = left; x < right; x++) { Set(rgb, y * width + x, red, green, blue); }
        }
        foreach (var (text, row) in labels)
        {
            for (var y = row - unit / 2; y < row - unit / 2 + unit; y++) { rgb.AsSpan((Math.Clamp(y, 0, height - 1) * width + right) * 3, TickWidth * unit * 3).Fill(Ink); }
            var textHeight = SmallDigits.Height * unit;
            SmallDigits.Draw(rgb, width, textLeft, Math.Clamp(row - textHeight / 2, 0, height - textHeight), unit, text, Ink);
        }
        return Photo.Adopt(width, height, rgb, "scale");
    }

    /// <summary>The text of a mark.</summary>
    public static string LabelOf(double meters) => $"{ChartScale.Label(meters)} m";

    private static int RowOf(double meters, ColorRange range, int top, int length) =>
        top + (int)Math.Min(range.PlaceOf((float)meters) * length, length - 1);

    private static void Set(byte[] rgb, int pixel, byte red, byte green, byte blue) => (rgb[3 * pixel], rgb[3 * pixel + 1], rgb[3 * pixel + 2]) = (red, green, blue);
}
