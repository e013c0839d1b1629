using DepthPro.Reports;

namespace DepthPro.Transforms.Tests.Reports;

public sealed class HoverGridTests
{
    [Fact]
    public void Gives_every_pixel_of_a_small_map_back()
    {
        var random = new Random(1);
        float[] meters = [.. Enumerable.Range(0, 120).Select(_ => (float)Math.Exp(random.NextDouble() * 8 - 2))];
        var grid = HoverGrid.Of(Map(12, 10, meters));
        Assert.Equal((12, 10, meters.Min(), meters.Max()), (grid.Columns, grid.Rows, grid.NearestMeters, grid.FarthestMeters));
        Assert.All(meters.Zip(Decode(grid)), pair => Assert.InRange(pair.Second / pair.First, 0.998, 1.002));
    }

    [Fact]
    public void Takes_the_pixels_in_the_middle_of_its_cells()
    {
        float[] meters = [.. Enumerable.Range(0, 480 * 3).Select(i => 1f + i)];
        var grid = HoverGrid.Of(Map(480, 3, meters));
        Assert.Equal((160, 1), (grid.Columns, grid.Rows));
        Assert.All(Decode(grid).Select((read, cell) => read / meters[480 + 3 * cell + 1]), ratio => Assert.InRange(ratio, 0.999, 1.001));
    }

    [Theory]
    [InlineData(4032, 3024, 160, 120)]
    [InlineData(3024, 4032, 120, 160)]
    [InlineData(90, 20, 90, 20)]
    public void Has_at_most_160_cells_in_a_row(int width, int height, int columns, int rows)
    {
        var grid = HoverGrid.Of(Map(width, height, Enumerable.Repeat(1f, width * height).ToArray()));
        Assert.Equal((columns, rows, 2 * columns * rows), (grid.Columns, grid.Rows, grid.Codes.Length));
    }

    [Fact]
    public void Knows_what_is_unknown()
    {
        Assert.Equal([double.NaN, 2, double.NaN, double.NaN, double.NaN], Decode(HoverGrid.Of(Map(5, 1, float.NaN, 2, float.PositiveInfinity, 0, -1))));
        var none = HoverGrid.Of(Map(2, 1, float.NaN, float.NaN));
        Assert.Equal(("AAAA", float.NaN, float.NaN), (none.Codes, none.NearestMeters, none.FarthestMeters));
    }

    // As the page's script does.
    private static IEnumerable<double> Decode(HoverGrid grid)
    {
        foreach (var digits in grid.Codes.Chunk(2))
        {
            var code = 64 * HoverGrid.Digits.IndexOf(digits[0]) + HoverGrid.Digits.IndexOf(digits[1]);
            yield return code == 0 ? double.NaN : grid.NearestMeters * Math.Pow(grid.FarthestMeters / grid.NearestMeters, (code - 1.0) / (HoverGrid.LastCode - 1));
        }
    }

    private static DepthMap Map(int width, int height, params float[] meters) => new(width, height, meters, float.NaN, FocalLengthSource.Unknown);
}
