namespace DepthPro.Transforms.Tests.Metrics;

public sealed class EvaluationMetricTests
{
    [Fact]
    public void Has_the_names_that_programs_know() => Assert.Equal(
        "absRel sqRel rmse rmseLog log10 siLog delta1 delta2 delta3 boundaryF1 boundaryPrecision boundaryRecall maskBoundaryRecall".Split(' '),
        EvaluationMetric.All.Select(metric => metric.Name));

    [Fact]
    public void Reads_each_number_from_its_group()
    {
        var depth = DepthMetrics.Of([2, 3], [1, 1]);
        var comparison = new DepthComparison { Depth = depth, Boundary = new(0.1, 0.2, 0.3, 2), MaskBoundary = new(0.4, 2) };

        Assert.Equal(
            [depth.AbsRel, depth.SqRel, depth.Rmse, depth.RmseLog, depth.Log10, depth.SiLog, depth.Delta1, depth.Delta2, depth.Delta3, 0.1, 0.2, 0.3, 0.4],
            EvaluationMetric.All.Select(metric => metric.Of(comparison) ?? -1));
        Assert.All(EvaluationMetric.All, metric => Assert.Null(metric.Of(new())));
    }

    [Fact]
    public void Says_of_each_whether_more_is_better() =>
        Assert.Equal(["absRel", "sqRel", "rmse", "rmseLog", "log10", "siLog"], EvaluationMetric.All.Where(metric => !metric.HigherIsBetter).Select(metric => metric.Name));

    [Fact]
    public void Is_found_by_name_in_whatever_case()
    {
        Assert.Equal("boundaryF1", EvaluationMetric.Named("BOUNDARYf1").Name);
        var error = Assert.Throws<ArgumentException>(() => EvaluationMetric.Named("accuracy"));
        Assert.Contains("no metric 'accuracy'; expected one of absRel, ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absRel", "far near none")]
    [InlineData("delta1", "far near none")]
    public void Sorts_the_worst_first_and_undefined_ones_last(string metric, string expected)
    {
        (string Name, DepthMetrics Depth)[] images = [("none", DepthMetrics.Of([1], [float.NaN])), ("near", DepthMetrics.Of([1.1f], [1])), ("far", DepthMetrics.Of([2], [1]))];

        var sorted = EvaluationMetric.Named(metric).WorstFirst(images, image => new() { Depth = image.Depth });

        Assert.Equal(expected, string.Join(' ', sorted.Select(image => image.Name)));
    }
}
