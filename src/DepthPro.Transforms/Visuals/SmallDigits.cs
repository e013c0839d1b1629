namespace DepthPro.Visuals;

/// <summary>The few characters that a scale bar needs, as bitmaps: no font is needed to draw them.</summary>
internal static class SmallDigits
{
    /// <summary>Pixels, unscaled.</summary>
    public const int Height = 7;

    private const string Characters = "0123456789.mk";
    private const int Cell = 6, SpaceWidth = 2, Gap = 1;

    private static readonly string[] Bitmaps =
    [
        " ###    #    ###   ###     #  #####   ##  #####  ###   ###              #     ",
        "#   #  ##   #   # #   #   ##  #      #        # #   # #   #             #     ",
        "#   #   #       #     #  # #  ####  #        #  #   # #   #       ## #  #  #  ",
        "#   #   #      #    ##  #  #      # ####    #    ###   ####       # # # # #   ",
        "#   #   #     #       # #####     # #   #  #    #   #     #       # # # ##    ",
        "#   #   #    #    #   #    #  #   # #   #  #    #   #    #  ##    # # # # #   ",
        " ###   ###  #####  ###     #   ###   ###   #     ###   ##   ##    # # # #  #  ",
    ];

    /// <summary>Pixels that a text takes, unscaled.</summary>
    public static int WidthOf(string text) => text.Sum(Advance) - Gap;

    /// <summary>Draws a text of digits, '.', 'm', 'k' and spaces; what lies outside the picture is left out.</summary>
    /// <param name="rgb">(height, width, 3).</param>
    /// <param name="width">Pixels of the picture.</param>
    /// <param name="left">Column of the text's first pixel.</param>
    /// <param name="top">Row of the text's first pixel.</param>
    /// <param name="scale">Pixels of the picture for one of the bitmap, along each side.</param>
    /// <param name="text">What to draw.</param>
    /// <param name="level">Grey of the text.</param>
    public static void Draw(Span<byte> rgb, int width, int left, int top, int scale, string text, byte level)
    {
        var height = rgb.Length / 3 / width;
        foreach (var character in text)
        {
            for (var y = 0; y < Height * scale; y++)
            {
                for (var x = 0; x < (Cell - Gap) * scale; x++)
                {
                    var (column, row) = (left + x, top + y);
                    if (IsSet(character, x / scale, y / scale) && (uint)column < (uint)width && (uint)row < (uint)height) { rgb.Slice((row * width + column) * 3, 3).Fill(level); }
                }
            }
            left += Advance(character) * scale;
        }
    }

    private static int Advance(char character) => character == ' ' ? SpaceWidth + Gap : WidthOf(character) + Gap;

    // Of the columns up to the last that has a pixel, so that a point is narrow.
    private static int WidthOf(char character) => Enumerable.Range(0, Cell - Gap).Last(x => Enumerable.Range(0, Height).Any(y => IsSet(character, x, y))) + 1;

    private static bool IsSet(char character, int x, int y) => Characters.IndexOf(character) is >= 0 and var index && Bitmaps[y][index * Cell + x] == '#';
}
