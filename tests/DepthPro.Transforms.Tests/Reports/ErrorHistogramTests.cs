using DepthPro.Reports;

namespace DepthPro.Transforms.Tests.Reports;

public sealed class ErrorHistogramTests
{
    [Fact]
    public void Counts_what_lies_outside_for_the_ends_and_nan_not_at_all()
    {
        var histogram = new ErrorHistogram(0, 1, 4);
        foreach (var value in new[] { -3, 0, 0.25, 0.49, 0.999, 1, double.PositiveInfinity, double.NaN }) { histogram.Add(value); }
        Assert.Equal([2, 2, 0, 3], histogram.Counts);
        Assert.Equal((7, 0.5), (histogram.Total, histogram.Start(2)));
    }

    [Fact]
    public void Puts_equal_values_into_one_bin()
    {
        var histogram = new ErrorHistogram(2, 2, 3);
        histogram.Add(2);
        Assert.Equal([1, 0, 0], histogram.Counts);
    }

    [Fact]
    public void Adds_another_ones_counts()
    {
        var (sum, other) = (ErrorHistogram.OfRelativeErrors(), ErrorHistogram.OfRelativeErrors());
        other.Add(-0.5);
        other.Add(0.5);
        sum.Add(other);
        sum.Add(other);
        Assert.Equal((2, 2, 4), (sum.Counts[0], sum.Counts[^1], sum.Total));
    }
}
