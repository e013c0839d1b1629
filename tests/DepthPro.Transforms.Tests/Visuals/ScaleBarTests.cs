using DepthPro.Visuals;

namespace DepthPro.Transforms.Tests.Visuals;

public sealed class ScaleBarTests
{
    private static readonly (byte Red, byte Green, byte Blue) White = (255, 255, 255);
    private static readonly DepthColorOptions WithBar = new() { ScaleBar = true };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 8)]
    [InlineData(200, 60)]
    [InlineData(30, 700)]
    public void Stands_at_the_right_of_the_untouched_picture(int width, int height)
    {
        var map = Ramp(width, height);
        var (plain, barred) = (DepthVisuals.Colorize(map), DepthVisuals.Colorize(map, WithBar));
        Assert.Equal(height, barred.Height);
        Assert.True(barred.Width > width, $"The picture is {barred.Width} pixels wide; expected more than the map's {width}.");
        for (var y = 0; y < height; y++) { Assert.True(plain.Rgb.Slice(y * width * 3, width * 3).SequenceEqual(barred.Rgb.Slice(y * barred.Width * 3, width * 3)), $"Row {y} of the picture is not the plain one's."); }
    }

    [Fact]
    public void Shows_the_colours_from_far_at_the_top_to_near_at_the_bottom()
    {
        var colors = ColorTable.Of(DepthColormap.Magma).ToArray();
        var bar = ScaleBar.Draw(400, ColorRange.Of([1, 5], new()), colors);
        var shown = Enumerable.Range(8, 384).Select(y => Pixel(bar, 12, y)).ToArray(); // at 400 pixels a unit is 2, the margin 4 units
        Assert.Equal(ColorTable.ColorOf(colors, 0), shown[0]);
        Assert.Equal(ColorTable.ColorOf(colors, 1), shown[^1]);
        Assert.Equal(colors.Select(ColorTable.Split), shown.Distinct());
        Assert.Equal(White, Pixel(bar, 12, 7));
        Assert.Equal(White, Pixel(bar, 12, 392));
    }

    [Fact]
    public void Has_a_tick_where_a_marks_colour_is()
    {
        var range = ColorRange.Of([1, 5], new());
        var colors = ColorTable.Of(DepthColormap.Grey).ToArray();
        var bar = ScaleBar.Draw(400, range, colors);
        int[] ticks = [.. Enumerable.Range(1, 399).Where(y => Pixel(bar, 24, y).Red < 100 && Pixel(bar, 24, y - 1).Red < 100)]; // two pixels thick
        Assert.Equal(
            DepthMarks.Of(range, 6).Select(mark => (double)ColorTable.ColorOf(colors, range.At((float)mark)).Red),
            ticks.Select(y => (double)Pixel(bar, 12, y).Red), (expected, got) => Math.Abs(expected - got) <= 1);
    }

    [Fact]
    public void Has_digits_only_where_there_is_room()
    {
        var range = ColorRange.Of([1, 5], new());
        Assert.False(HasInk(ScaleBar.Draw(6, range, ColorTable.Of(DepthColormap.Turbo))));
        Assert.True(HasInk(ScaleBar.Draw(7, range, ColorTable.Of(DepthColormap.Turbo))));
        Assert.False(HasInk(ScaleBar.Draw(100, ColorRange.Of([float.NaN], new()), ColorTable.Of(DepthColormap.Turbo))));
    }

    [Fact]
    public void Grows_with_the_picture()
    {
        var range = ColorRange.Of([1, 5], new());
        var (small, large) = (ScaleBar.Draw(400, range, ColorTable.Of(DepthColormap.Turbo)), ScaleBar.Draw(4000, range, ColorTable.Of(DepthColormap.Turbo)));
        Assert.Equal(10 * small.Width, large.Width);
    }

    [Fact]
    public void Draws_digits_pixel_by_pixel()
    {
        var rgb = Enumerable.Repeat((byte)255, 20 * 9 * 3).ToArray();
        SmallDigits.Draw(rgb, 20, 1, 1, 1, "2.5 m", 0);
        string[] rows = [.. rgb.Chunk(20 * 3).Select(row => string.Concat(row.Chunk(3).Select(pixel => pixel[0] == 0 ? '#' : '.')))];
        Assert.Equal(
            [
                "....................",
                "..###.....#####.....",
                ".#...#....#.........",
                ".....#....####.....#",
                "....#.........#....#",
                "...#..........#....#",
                "..#....##.#...#....#",
                ".#####.##..###.....#",
                "....................",
            ], rows);
    }

    private static bool HasInk(Photo bar)
    {
        for (var x = 13; x < bar.Width; x++) // right of the colours, at a unit of 1
        {
            for (var y = 0; y < bar.Height; y++) { if (Pixel(bar, x, y).Red < 100) { return true; } }
        }
        return false;
    }

    private static (byte Red, byte Green, byte Blue) Pixel(Photo picture, int x, int y)
    {
        var pixel = picture.Rgb.Slice((y * picture.Width + x) * 3, 3);
        return (pixel[0], pixel[1], pixel[2]);
    }

    private static DepthMap Ramp(int width, int height) =>
        new(width, height, [.. Enumerable.Range(1, width * height).Select(i => 1 + (float)i / (width * height))], float.NaN, FocalLengthSource.Unknown);
}
