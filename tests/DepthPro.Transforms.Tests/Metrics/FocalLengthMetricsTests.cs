namespace DepthPro.Transforms.Tests.Metrics;

public sealed class FocalLengthMetricsTests
{
    [Fact]
    public void Counts_images_within_a_quarter_and_a_half()
    {
        var got = FocalLengthMetrics.Of([100, 125, 60, 300], [100, 100, 100, 100]);
        Assert.Equal(new FocalLengthMetrics((0 + 0.25 + 0.4 + 2) / 4, 0.25, 0.75, 4, 0), got);
    }

    [Fact]
    public void Leaves_out_and_counts_images_of_unknown_focal_length()
    {
        var got = FocalLengthMetrics.Of([100, float.NaN, 90, 80, 70], [100, 100, float.NaN, 0, float.PositiveInfinity]);
        Assert.Equal(new FocalLengthMetrics(0, 1, 1, 1, 4), got);
        Assert.Equal(new FocalLengthMetrics(double.NaN, double.NaN, double.NaN, 0, 1), FocalLengthMetrics.Of([1], [0]));
    }

    [Fact]
    public void Refuses_lists_of_different_length() =>
        Assert.Contains("There are 1 estimated focal lengths; expected 2", Assert.Throws<ArgumentException>(() => FocalLengthMetrics.Of([1], [1, 2])).Message);
}
