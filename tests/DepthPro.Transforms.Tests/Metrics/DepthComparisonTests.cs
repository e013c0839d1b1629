namespace DepthPro.Transforms.Tests.Metrics;

public sealed class DepthComparisonTests
{
    [Fact]
    public void Holds_the_groups_that_there_is_a_truth_for()
    {
        var (map, mask) = (Map(3, 1, 4, 1, 4), new DepthMask(3, 1, [0, 1, 0]));

        Assert.Equal((true, true, false), Groups(DepthComparison.Of(map, map)));
        Assert.Equal((false, false, true), Groups(DepthComparison.Of(map, null, mask)));
        Assert.Equal((true, true, true), Groups(DepthComparison.Of(map, map, mask)));
        Assert.Equal((true, false, false), Groups(DepthComparison.Of(map, Map(2, 1, 1, 1))));
    }

    [Fact]
    public void Equals_each_groups_own_function()
    {
        var (prediction, truth, mask, valid) = (Map(3, 1, 4, 1, 4), Map(3, 1, 5, 2, 4), new DepthMask(3, 1, [0, 1, 0]), new DepthMask(3, 1, [1, 1, 0]));
        var (options, boundary) = (new DepthMetricsOptions { MaxDepth = 4.5f }, new BoundaryOptions { PoolDirections = true });

        var comparison = DepthComparison.Of(prediction, truth, mask, valid, options, boundary);

        Assert.Equal(DepthMetrics.Of(prediction, truth, options, [true, true, false]), comparison.Depth);
        Assert.Equal(BoundaryMetrics.Of(prediction, truth, boundary), comparison.Boundary);
        Assert.Equal(MaskBoundaryMetrics.Of(prediction, mask.Alpha, boundary), comparison.MaskBoundary);
        Assert.Equal(1, comparison.ValidPixels);
    }

    [Fact]
    public void Refuses_masks_of_another_size_even_with_as_many_pixels()
    {
        var map = Map(3, 1, 1, 1, 1);
        var mask = new DepthMask(1, 3, [1, 1, 1]);
        Assert.Contains("The matte is 1 x 3 pixels; expected the prediction's 3 x 1", Assert.Throws<ArgumentException>(() => DepthComparison.Of(map, null, mask)).Message, StringComparison.Ordinal);
        Assert.Contains("The valid mask is 1 x 3 pixels; expected the truth's 3 x 1", Assert.Throws<ArgumentException>(() => DepthComparison.Of(map, map, null, mask)).Message, StringComparison.Ordinal);
    }

    private static (bool, bool, bool) Groups(DepthComparison comparison) => (comparison.Depth is not null, comparison.Boundary is not null, comparison.MaskBoundary is not null);

    private static DepthMap Map(int width, int height, params float[] meters) => new(width, height, meters, float.NaN, FocalLengthSource.Unknown);
}
