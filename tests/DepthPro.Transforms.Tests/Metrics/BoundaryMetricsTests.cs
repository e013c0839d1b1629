using DepthPro.Metrics;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Metrics;

public sealed class BoundaryMetricsTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Cases => BoundaryGolden.Names;

    public static TheoryData<int, int, bool> Sizes => TestMaps.Sizes;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weighted_f1_equals_the_reference(string name)
    {
        var golden = new BoundaryGolden(name);
        Assert.Equal(golden.Number("SI_boundary_F1"), BoundaryMetrics.Of(golden.Prediction, golden.Truth, golden.Width, golden.Height).F1, Tolerance);
        Assert.Equal(golden.Number("SI_boundary_F1_swapped"), BoundaryMetrics.Of(golden.Truth, golden.Prediction, golden.Width, golden.Height).F1, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Single_threshold_equals_the_reference_in_counts_and_scores(string name)
    {
        var golden = new BoundaryGolden(name);
        foreach (var (threshold, expected) in golden.SingleThresholds)
        {
            var counts = ContourCounter.Count(golden.Prediction, golden.Truth, golden.Width, golden.Height, [(float)threshold]);
            var wanted = expected.GetProperty("counts_left_top_right_bottom");
            Assert.Equal(BoundaryGolden.Numbers(wanted.GetProperty("pred")), ContourCountsAssert.At(counts.Predicted, 0));
            Assert.Equal(BoundaryGolden.Numbers(wanted.GetProperty("target")), ContourCountsAssert.At(counts.True, 0));
            Assert.Equal(BoundaryGolden.Numbers(wanted.GetProperty("both")), ContourCountsAssert.At(counts.Both, 0));

            var got = BoundaryMetrics.Of(golden.Prediction, golden.Truth, golden.Width, golden.Height, BoundaryOptions.At(threshold));
            Assert.Equal(expected.GetProperty("f1").GetDouble(), got.F1, Tolerance);
            Assert.Equal(expected.GetProperty("precision").GetDouble(), got.Precision, Tolerance);
            Assert.Equal(expected.GetProperty("recall").GetDouble(), got.Recall, Tolerance);
            Assert.Equal(golden.Width * golden.Height, got.ValidPixels);
        }
    }

    [Fact]
    public void Thresholds_and_weights_equal_the_reference()
    {
        var expected = Goldens.Json("boundary", "expected.json");
        var got = new BoundaryOptions().ToThresholds();
        Assert.Equal(expected.GetProperty("thresholds").EnumerateArray().Select(t => (float)t.GetDouble()), got.Values);
        Assert.All(expected.GetProperty("weights").EnumerateArray().Zip(got.Weights), pair => Assert.Equal(pair.First.GetDouble(), pair.Second, 1e-15));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Fast_equals_naive(int width, int height, bool holes)
    {
        var random = new Random(width * 1000 + height);
        var thresholds = new BoundaryOptions().ToThresholds().Values;
        for (var round = 0; round < 8; round++)
        {
            var truth = round % 2 == 0 ? TestMaps.Noise(random, width * height) : TestMaps.Ramps(random, width, height);
            float[] prediction = [.. truth.Select(t => random.Next(4) == 0 ? t * 1.1f : t)];
            if (round > 3) { (prediction, truth) = (TestMaps.WithClipped(prediction, random), TestMaps.WithClipped(truth, random)); }
            if (holes) { (prediction, truth) = (TestMaps.WithHoles(prediction, random), TestMaps.WithHoles(truth, random)); }
            var expected = NaiveBoundary.Count(prediction, truth, width, height, thresholds);
            var got = ContourCounter.Count(prediction, truth, width, height, thresholds);
            ContourCountsAssert.Equal(expected, got, $"round {round}");
            ContourCountsAssert.Equal(expected.Predicted, got.Predicted, $"round {round}, predicted contours");
        }
    }

    [Fact]
    public void Pooling_weighs_contours_where_the_reference_weighs_directions()
    {
        float[] recedes = [1, 2, 3, 4];
        Assert.Equal(0.25, BoundaryMetrics.Of(recedes, recedes, 4, 1).F1, Tolerance);
        Assert.Equal(1, BoundaryMetrics.Of(recedes, recedes, 4, 1, new() { PoolDirections = true }).F1, Tolerance);

        // Left: 1 of 1 predicted, right: 0 of 3.
        float[] truth = [8, 4, 2, 1, 2], prediction = [1, 1, 1, 1, 2];
        var pooled = BoundaryMetrics.Of(prediction, truth, 5, 1, BoundaryOptions.At(1.05) with { PoolDirections = true });
        Assert.Equal((1, 0.25), (pooled.Precision, pooled.Recall));
        var perDirection = BoundaryMetrics.Of(prediction, truth, 5, 1, BoundaryOptions.At(1.05));
        Assert.Equal((0.25, 0.25), (perDirection.Precision, perDirection.Recall));
    }

    [Fact]
    public void Unknown_pixels_take_part_in_no_pair_of_either_map()
    {
        float[] prediction = [1, 2, 4, 8, 8, 8], truth = [1, 2, float.NaN, 8, 8, 16];
        var got = BoundaryMetrics.Of(prediction, truth, 6, 1, BoundaryOptions.At(1.05) with { PoolDirections = true });
        Assert.Equal((1, 0.5, 5), (got.Precision, got.Recall, got.ValidPixels));
    }

    [Fact]
    public void All_unknown_is_nan_without_valid_pixels()
    {
        var got = BoundaryMetrics.Of([float.NaN, 1, float.PositiveInfinity], [1, float.NaN, 1], 3, 1);
        Assert.Equal(new BoundaryMetrics(double.NaN, double.NaN, double.NaN, 0), got);
    }

    [Fact]
    public void Mean_leaves_out_and_counts_images_without_valid_pixels()
    {
        var got = BoundaryMetrics.MeanOf([new(1, 0.5, 0.25, 10), new(double.NaN, double.NaN, double.NaN, 0), new(0, 0.5, 0.75, 30)]);
        Assert.Equal(new ImageMean<BoundaryMetrics>(new(0.5, 0.5, 0.5, 40), 2, 1), got);
        Assert.Equal(new ImageMean<BoundaryMetrics>(new(double.NaN, double.NaN, double.NaN, 0), 0, 0), BoundaryMetrics.MeanOf([]));
    }

    [Fact]
    public void Refuses_maps_of_different_sizes()
    {
        var message = Assert.Throws<ArgumentException>(() => BoundaryMetrics.Of(Map(2, 3), Map(3, 2))).Message;
        Assert.Contains("The prediction is 2 x 3 pixels and the truth 3 x 2; expected one size", message);
        Assert.Contains("The truth has 5 values; expected 2 x 3 = 6", Assert.Throws<ArgumentException>(() => BoundaryMetrics.Of(new float[6], new float[5], 2, 3)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => BoundaryMetrics.Of([], [], 0, 3));
    }

    [Theory]
    [InlineData(0.9, 1.25, 10, "from 0.9 to 1.25")]
    [InlineData(1.3, 1.25, 10, "from 1.3 to 1.25")]
    [InlineData(double.NaN, 1.25, 10, "expected finite ratios")]
    [InlineData(1.05, double.PositiveInfinity, 10, "expected finite ratios")]
    [InlineData(1.05, 1.25, 0, "Thresholds")]
    public void Refuses_thresholds_out_of_range(double min, double max, int count, string part)
    {
        var options = new BoundaryOptions { MinThreshold = min, MaxThreshold = max, Thresholds = count };
        Assert.Contains(part, Assert.Throws<ArgumentOutOfRangeException>(() => BoundaryMetrics.Of([1], [1], 1, 1, options)).Message);
    }

    private static DepthMap Map(int width, int height) => new(width, height, new float[width * height], float.NaN, FocalLengthSource.Unknown);
}
