using DepthPro.Preprocessing;

namespace DepthPro.Transforms.Tests.Metrics;

public sealed class DepthMetricsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(2049)]
    public void Fast_equals_naive(int count)
    {
        var random = new Random(count);
        foreach (var holes in new[] { false, true })
        {
            float[] truth = [.. Enumerable.Range(0, count).Select(_ => 0.5f + 20 * random.NextSingle())];
            float[] prediction = [.. truth.Select(t => t * (0.6f + random.NextSingle()) + 0.1f)];
            if (holes) { (prediction, truth) = (TestMaps.WithHoles(prediction, random), TestMaps.WithHoles(TestMaps.WithClipped(truth, random), random)); }
            bool[] mask = [.. truth.Select(_ => random.Next(5) > 0)];
            foreach (var options in new[] { new DepthMetricsOptions(), EvaluationPreset.Ibims.Options })
            {
                NaiveDepthMetrics.AssertEqual(NaiveDepthMetrics.Of(prediction, truth, options), DepthMetrics.Of(prediction, truth, options));
                NaiveDepthMetrics.AssertEqual(NaiveDepthMetrics.Of(prediction, truth, options, mask), DepthMetrics.Of(prediction, truth, options, mask));
            }
        }
    }

    [Fact]
    public void Follows_the_formulas()
    {
        var got = DepthMetrics.Of([2, 4, 1.2f], [1, 5, 1]);
        Assert.Equal((1 + 0.2 + 0.2) / 3, got.AbsRel, 1e-7);
        Assert.Equal((1 + 0.2 + 0.04) / 3, got.SqRel, 1e-7);
        Assert.Equal(Math.Sqrt((1 + 1 + 0.04) / 3), got.Rmse, 1e-7);
        Assert.Equal((Math.Log10(2) + Math.Log10(1.25) + Math.Log10(1.2)) / 3, got.Log10, 1e-7);
        Assert.Equal((1.0 / 3, 2.0 / 3, 2.0 / 3), (got.Delta1, got.Delta2, got.Delta3)); // 5/4 is not below 1.25
    }

    [Fact]
    public void Equal_maps_have_no_error()
    {
        var got = DepthMetrics.Of([1, 2, 3], [1, 2, 3]);
        Assert.Equal((3, 0, 0.0, 0.0, 0.0), (got.ValidPixels, got.MissingPixels, got.AbsRel, got.Rmse, got.SiLog));
        Assert.Equal((1, 1, 1), (got.Delta1, got.Delta2, got.Delta3));
    }

    [Fact]
    public void Counts_pixels_whose_truth_is_known_and_in_the_range_and_clamps_predictions_to_it()
    {
        float[] truth = [float.NaN, float.PositiveInfinity, 0, -1, 0.5f, 1, 10, 11, 2], prediction = [1, 1, 1, 1, 1, 0, 20, 1, float.NaN];
        var got = DepthMetrics.Of(prediction, truth, new() { MinDepth = 1, MaxDepth = 10 });
        Assert.Equal((2, 1, 0.0), (got.ValidPixels, got.MissingPixels, got.AbsRel));
    }

    [Theory]
    [InlineData(DepthAlignment.None)]
    [InlineData(DepthAlignment.Median)]
    [InlineData(DepthAlignment.Affine)]
    [InlineData(DepthAlignment.AffineInverse)]
    public void Without_valid_pixels_everything_is_nan(DepthAlignment alignment)
    {
        var got = DepthMetrics.Of([1, 2], [float.NaN, 0], new() { Alignment = alignment });
        NaiveDepthMetrics.AssertEqual(NaiveDepthMetrics.Of([], [], new()), got);
    }

    [Fact]
    public void Resizes_the_prediction_to_the_truth()
    {
        var random = new Random(5);
        float[] prediction = [.. Enumerable.Range(0, 12).Select(_ => 1 + random.NextSingle())], truth = [.. Enumerable.Range(0, 35).Select(_ => 1 + random.NextSingle())];
        var resized = new float[35];
        BilinearResize.Plane(prediction, 4, 3, resized, 7, 5);
        Assert.Equal(DepthMetrics.Of(resized, truth), DepthMetrics.Of(Map(4, 3, prediction), Map(7, 5, truth)));
        Assert.Equal(DepthMetrics.Of(truth, resized), DepthMetrics.Of(Map(7, 5, truth), Map(7, 5, resized)));
    }

    [Fact]
    public void Pooling_equals_one_image_of_all_pixels()
    {
        var random = new Random(9);
        float[] truth = [.. Enumerable.Range(0, 700).Select(_ => 1 + 5 * random.NextSingle())], prediction = [.. truth.Select(t => t * (0.5f + random.NextSingle()))];
        DepthMetrics[] images = [DepthMetrics.Of(prediction[..100], truth[..100]), DepthMetrics.Of([1], [0]), DepthMetrics.Of(prediction[100..], truth[100..])];
        NaiveDepthMetrics.AssertEqual(DepthMetrics.Of(prediction, truth), DepthMetrics.PooledOf(images));

        var mean = DepthMetrics.MeanOf(images);
        Assert.Equal((2, 1, 700), (mean.Images, mean.EmptyImages, mean.Mean.ValidPixels));
        Assert.Equal((images[0].Rmse + images[2].Rmse) / 2, mean.Mean.Rmse, 1e-12);
        Assert.Equal((images[0].Delta1 + images[2].Delta1) / 2, mean.Mean.Delta1, 1e-12);
    }

    [Fact]
    public void Of_no_image_the_mean_is_nan()
    {
        var got = DepthMetrics.MeanOf([DepthMetrics.Of([1], [0])]);
        Assert.Equal((0, 1, double.NaN, 0), (got.Images, got.EmptyImages, got.Mean.AbsRel, got.Mean.ValidPixels));
        Assert.Equal((double.NaN, double.NaN), (DepthMetrics.PooledOf([]).Rmse, DepthMetrics.PooledOf([]).SiLog));
    }

    [Fact]
    public void Names_what_does_not_fit()
    {
        Assert.Contains("The prediction has 2 values; expected the truth's 3", Assert.Throws<ArgumentException>(() => DepthMetrics.Of([1, 2], [1, 2, 3])).Message);
        Assert.Contains("The mask has 1 values; expected the truth's 2", Assert.Throws<ArgumentException>(() => DepthMetrics.Of([1, 2], [1, 2], null, [true])).Message);
        Assert.Contains("Depth range is 0 to 10 m", Assert.Throws<ArgumentOutOfRangeException>(() => DepthMetrics.Of([1], [1], new() { MinDepth = 0, MaxDepth = 10 })).Message);
        Assert.Contains("Alignment is 9; expected one of None, Median", Assert.Throws<ArgumentOutOfRangeException>(() => DepthMetrics.Of([1], [1], new() { Alignment = (DepthAlignment)9 })).Message);
    }

    private static DepthMap Map(int width, int height, float[] meters) => new(width, height, meters, float.NaN, FocalLengthSource.Unknown);
}
