using System.Globalization;
using DepthPro.Metrics;

namespace DepthPro.Transforms.Tests.Metrics;

public sealed class MaskBoundaryMetricsTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Cases => BoundaryGolden.Names;

    public static TheoryData<int, int, bool> Sizes => TestMaps.Sizes;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equals_the_reference(string name)
    {
        var golden = new BoundaryGolden(name);
        Assert.Equal(golden.Number("SI_boundary_Recall"), MaskBoundaryMetrics.Of(golden.Prediction, golden.Mask, golden.Width, golden.Height).Recall, Tolerance);
        foreach (var single in golden.Expected.GetProperty("edge_recall_matting").EnumerateObject())
        {
            var options = BoundaryOptions.At(double.Parse(single.Name, CultureInfo.InvariantCulture));
            Assert.Equal(single.Value.GetDouble(), MaskBoundaryMetrics.Of(golden.Prediction, golden.Mask, golden.Width, golden.Height, options).Recall, Tolerance);
            var counts = new MaskContours(golden.Prediction, golden.Mask, golden.Width, golden.Height, 0.1f, [(float)options.MinThreshold]).Count();
            Assert.Equal(BoundaryGolden.Numbers(golden.Expected.GetProperty("mask_counts_left_top_right_bottom")), ContourCountsAssert.At(counts.True, 0));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Suppression_keeps_as_many_contours_as_the_reference(string name)
    {
        var golden = new BoundaryGolden(name);
        foreach (var (threshold, expected) in golden.SingleThresholds)
        {
            var got = CountKept(golden.Prediction, new float[golden.Prediction.Length], golden.Width, golden.Height, [(float)threshold]);
            Assert.Equal(BoundaryGolden.Numbers(expected.GetProperty("counts_left_top_right_bottom").GetProperty("pred_nms")), ContourCountsAssert.At(got, 0));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Fast_equals_naive(int width, int height, bool holes)
    {
        var random = new Random(width * 1000 + height);
        var thresholds = new BoundaryOptions().ToThresholds().Values;
        for (var round = 0; round < 8; round++)
        {
            var prediction = round % 2 == 0 ? TestMaps.Noise(random, width * height) : TestMaps.Ramps(random, width, height);
            float[] mask = [.. prediction.Select(_ => random.Next(3) * 0.1f)];
            if (round > 3) { prediction = TestMaps.WithClipped(prediction, random); }
            if (holes) { (prediction, mask) = (TestMaps.WithHoles(prediction, random), TestMaps.WithHoles(mask, random)); }
            var expected = NaiveBoundary.CountMask(prediction, mask, width, height, 0.1f, thresholds);
            ContourCountsAssert.Equal(expected, new MaskContours(prediction, mask, width, height, 0.1f, thresholds).Count(), $"round {round}");
            ContourCountsAssert.Equal(expected.Predicted, CountKept(prediction, mask, width, height, thresholds), $"round {round}, contours kept");
        }
    }

    [Fact]
    public void Alpha_must_be_strictly_above_the_threshold()
    {
        float[] prediction = [1, 2];
        Assert.Equal(0, MaskBoundaryMetrics.Of(prediction, [0.1f, 0], 2, 1).Recall);
        Assert.Equal(0.25, MaskBoundaryMetrics.Of(prediction, [MathF.BitIncrement(0.1f), 0], 2, 1).Recall, Tolerance);
        Assert.Equal(1, MaskBoundaryMetrics.Of(prediction, [0.1f, 0], 2, 1, new() { AlphaThreshold = 0.05f, PoolDirections = true }).Recall, Tolerance);
    }

    [Fact]
    public void Of_a_run_only_the_first_of_the_strongest_counts()
    {
        float[] prediction = [8, 4, 2, 1.8f];
        Assert.Equal([0.25, 0, 0], new[] { 1, 2, 3 }.Select(edge =>
            MaskBoundaryMetrics.Of(prediction, [.. Enumerable.Range(0, 4).Select(i => i < edge ? 0f : 1f)], 4, 1, BoundaryOptions.At(1.05)).Recall));
    }

    [Fact]
    public void All_unknown_is_nan_without_valid_pixels() =>
        Assert.Equal(new MaskBoundaryMetrics(double.NaN, 0), MaskBoundaryMetrics.Of([float.NaN, 1], [1, float.NaN], 2, 1));

    [Fact]
    public void Mean_leaves_out_and_counts_images_without_valid_pixels() =>
        Assert.Equal(new ImageMean<MaskBoundaryMetrics>(new(0.5, 40), 2, 1), MaskBoundaryMetrics.MeanOf([new(0.25, 10), new(double.NaN, 0), new(0.75, 30)]));

    [Fact]
    public void Refuses_a_mask_of_another_size()
    {
        var map = new DepthMap(2, 3, new float[6], float.NaN, FocalLengthSource.Unknown);
        Assert.Contains("The mask has 5 values; expected 2 x 3 = 6", Assert.Throws<ArgumentException>(() => MaskBoundaryMetrics.Of(map, new float[5])).Message);
    }

    private static int[,] CountKept(float[] prediction, float[] mask, int width, int height, float[] thresholds)
    {
        var contours = new MaskContours(prediction, mask, width, height, 0.1f, thresholds);
        var counts = new int[ContourCounts.Directions, thresholds.Length];
        for (var pixel = 0; pixel < prediction.Length; pixel++)
        {
            foreach (var direction in Enum.GetValues<ContourDirection>())
            {
                var horizontal = direction is ContourDirection.Left or ContourDirection.Right;
                if (horizontal ? pixel % width == width - 1 : pixel / width == height - 1) { continue; }
                var (from, to) = contours.Kept(pixel, horizontal, direction is ContourDirection.Right or ContourDirection.Bottom);
                for (var k = from; k < to; k++) { counts[(int)direction, k]++; }
            }
        }
        return counts;
    }
}
