namespace DepthPro.Transforms.Tests.Metrics;

public sealed class DepthAlignmentTests
{
    private static readonly float[] Truth = [1, 2, 4, 8, 5, 3];

    [Theory]
    [InlineData(DepthAlignment.Median)]
    [InlineData(DepthAlignment.Affine)]
    [InlineData(DepthAlignment.AffineInverse)]
    public void Fast_equals_naive(DepthAlignment alignment)
    {
        var random = new Random(4);
        float[] truth = TestMaps.WithHoles([.. Enumerable.Range(0, 1000).Select(_ => 1 + 9 * random.NextSingle())], random);
        float[] prediction = TestMaps.WithHoles([.. truth.Select(t => t * (0.3f + 0.2f * random.NextSingle()) + 0.3f)], random);
        if (alignment != DepthAlignment.Median) { (prediction[3], prediction[4]) = (0, -2); }
        var options = new DepthMetricsOptions { Alignment = alignment, MaxDepth = 8 };
        NaiveDepthMetrics.AssertEqual(NaiveDepthMetrics.Of(prediction, truth, options), DepthMetrics.Of(prediction, truth, options));
    }

    [Theory]
    [InlineData(DepthAlignment.Median)]
    [InlineData(DepthAlignment.Affine)]
    [InlineData(DepthAlignment.AffineInverse)]
    public void All_but_none_forgive_scale(DepthAlignment alignment)
    {
        float[] prediction = [.. Truth.Select(t => 4 * t)];
        Assert.Equal(0, DepthMetrics.Of(prediction, Truth, new() { Alignment = alignment }).AbsRel, 1e-9);
        Assert.Equal(3, DepthMetrics.Of(prediction, Truth).AbsRel, 1e-9);
    }

    [Fact]
    public void Affine_forgives_a_shift_of_depth_and_affine_inverse_one_of_inverse_depth()
    {
        Assert.Equal(0, DepthMetrics.Of([.. Truth.Select(t => 2 * t - 7)], Truth, new() { Alignment = DepthAlignment.Affine }).AbsRel, 1e-9);
        Assert.Equal(0, DepthMetrics.Of([.. Truth.Select(t => 1 / (3 / t + 0.5f))], Truth, new() { Alignment = DepthAlignment.AffineInverse }).AbsRel, 1e-6);
    }

    [Fact]
    public void Only_valid_pixels_are_fitted()
    {
        float[] truth = [.. Truth, 0.1f, 0.1f, float.NaN, 100], prediction = [.. Truth.Select(t => 2 * t), 9, 9, 9, 9];
        Assert.Equal(0, DepthMetrics.Of(prediction, truth, new() { Alignment = DepthAlignment.Affine, MinDepth = 0.5f, MaxDepth = 10 }).AbsRel, 1e-9);
    }

    [Fact]
    public void A_constant_prediction_becomes_the_mean() =>
        Assert.Equal((1 + 1.0 / 3) / 2, DepthMetrics.Of([7, 7], [1, 3], new() { Alignment = DepthAlignment.Affine }).AbsRel, 1e-12);

    [Fact]
    public void Without_a_positive_median_no_scale_is_found()
    {
        var got = DepthMetrics.Of([0, 0, 1], [1, 2, 3], new() { Alignment = DepthAlignment.Median });
        Assert.Equal((0, double.NaN), (got.ValidPixels, got.AbsRel));
    }
}
