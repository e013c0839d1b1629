using DepthPro.Metrics;

namespace DepthPro.Transforms.Tests.Metrics;

public sealed class DepthErrorMapTests
{
    [Theory]
    [InlineData(DepthAlignment.None)]
    [InlineData(DepthAlignment.Median)]
    [InlineData(DepthAlignment.Affine)]
    [InlineData(DepthAlignment.AffineInverse)]
    public void Has_the_absolute_relative_error_of_the_metrics_as_its_mean(DepthAlignment alignment)
    {
        var random = new Random(3);
        var (prediction, truth) = (Map(17, 13, TestMaps.WithHoles(TestMaps.Noise(random, 221), random)), Map(17, 13, TestMaps.WithHoles(TestMaps.Noise(random, 221), random)));
        var options = new DepthMetricsOptions { MinDepth = 1.01f, MaxDepth = 1.2f, Alignment = alignment };
        bool[] mask = [.. Enumerable.Range(0, 221).Select(_ => random.Next(3) > 0)];

        var errors = DepthErrorMap.Of(prediction, truth, options, mask).Relative.Where(error => !float.IsNaN(error)).ToList();

        var metrics = DepthMetrics.Of(prediction, truth, options, mask);
        Assert.Equal(metrics.ValidPixels, errors.Count);
        Assert.Equal(metrics.AbsRel, errors.Average(error => Math.Abs((double)error)), 1e-6);
    }

    [Fact]
    public void Has_the_truths_size_and_the_errors_sign()
    {
        var map = DepthErrorMap.Of(Map(1, 1, 3), Map(2, 2, 2, 4, float.NaN, 3), new(), []);
        Assert.Equal([0.5f, -0.25f, float.NaN, 0], map.Relative);
        Assert.Equal([3, 3, 3, 3], map.Aligned);
    }

    private static DepthMap Map(int width, int height, params float[] meters) => new(width, height, meters, float.NaN, FocalLengthSource.Unknown);
}
