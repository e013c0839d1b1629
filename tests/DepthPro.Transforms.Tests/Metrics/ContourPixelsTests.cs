using DepthPro.Metrics;

namespace DepthPro.Transforms.Tests.Metrics;

public sealed class ContourPixelsTests
{
    [Fact]
    public void Marks_the_nearer_side_of_a_jump() => Assert.Equal(
        Rows("..#...", "..#...", "..#..."),
        Of(6, 3, 1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2));

    [Fact]
    public void Marks_the_outline_of_what_stands_in_front() => Assert.Equal(
        Rows(".....", ".###.", ".#.#.", ".###.", "....."),
        Of(5, 5, 4, 4, 4, 4, 4, 4, 1, 1, 1, 4, 4, 1, 1, 1, 4, 4, 1, 1, 1, 4, 4, 4, 4, 4, 4));

    [Fact]
    public void Makes_one_line_of_a_soft_edge() => Assert.Equal(Rows("..#..."), Of(6, 1, 1, 1, 1.3f, 2, 2.7f, 2.7f)); // three steps above the threshold

    [Fact]
    public void Takes_only_ratios_above_the_threshold()
    {
        Assert.Equal(Rows("...."), Of(4, 1, 1, 1, 1.25f, 1.25f));
        Assert.Equal(Rows(".#.."), Of(4, 1, 1, 1, 1.26f, 1.26f));
    }

    [Fact]
    public void Sees_no_contour_at_unknown_pixels() => Assert.Equal(Rows("......"), Of(6, 1, 1, float.NaN, 9, float.PositiveInfinity, 1, float.NaN));

    // The same pixels as the recall of MaskBoundaryMetrics counts: with the object as its own matte, all of its outline.
    [Fact]
    public void Agrees_with_the_boundary_metrics()
    {
        var random = new Random(3);
        float[] depth = [.. Enumerable.Range(0, 40 * 30).Select(i => (i % 40 is > 10 and < 25 && i / 40 is > 5 and < 20 ? 1 : 3) + 0.01f * random.NextSingle())];
        float[] matte = [.. depth.Select(meters => meters < 2 ? 1f : 0)];
        Assert.Equal(1, MaskBoundaryMetrics.Of(depth, matte, 40, 30, BoundaryOptions.At(1.25)).Recall);

        var contours = ContourPixels.Of(new(40, 30, depth, float.NaN, FocalLengthSource.Unknown), 1.25f);

        bool IsOutline(int i) => matte[i] > 0 && (matte[i - 1] == 0 || matte[i + 1] == 0 || matte[i - 40] == 0 || matte[i + 40] == 0);
        Assert.Equal(Enumerable.Range(0, depth.Length).Select(IsOutline), contours);
    }

    private static bool[] Of(int width, int height, params float[] meters) => ContourPixels.Of(new(width, height, meters, float.NaN, FocalLengthSource.Unknown), 1.25f);

    private static bool[] Rows(params string[] rows) => [.. string.Concat(rows).Select(pixel => pixel == '#')];
}
