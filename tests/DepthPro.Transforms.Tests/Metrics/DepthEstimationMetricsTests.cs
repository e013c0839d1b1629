namespace DepthPro.Transforms.Tests.Metrics;

public sealed class DepthEstimationMetricsTests
{
    private static readonly (int Width, int Height)[] Sizes = [(17, 13), (1, 40), (67, 41), (9, 9)];

    [Fact]
    public void Means_equal_the_naive_ones_of_the_images_with_valid_pixels()
    {
        var images = Images();

        var metrics = DepthEstimationMetrics.Of(images.Select(Compare));

        Assert.Equal((images.Length, images.Length - 1, 1), (metrics.Images, metrics.Depth.Images, metrics.Depth.EmptyImages));
        DepthMetrics[] naive = [.. images.Select(image => NaiveDepthMetrics.Of(image.Prediction, image.Truth, new())).Where(image => image.ValidPixels > 0)];
        double Mean(Func<DepthMetrics, double> of) => naive.Average(of);
        NaiveDepthMetrics.AssertEqual(new()
        {
            ValidPixels = naive.Sum(image => image.ValidPixels),
            MissingPixels = naive.Sum(image => image.MissingPixels),
            AbsRel = Mean(m => m.AbsRel),
            SqRel = Mean(m => m.SqRel),
            Rmse = Mean(m => m.Rmse),
            RmseLog = Mean(m => m.RmseLog),
            Log10 = Mean(m => m.Log10),
            SiLog = Mean(m => m.SiLog),
            LogBias = Mean(m => m.LogBias),
            Delta1 = Mean(m => m.Delta1),
            Delta2 = Mean(m => m.Delta2),
            Delta3 = Mean(m => m.Delta3),
        }, metrics.Depth.Mean);
    }

    [Fact]
    public void Pooled_errors_equal_the_naive_ones_of_all_pixels_as_one_image()
    {
        var images = Images();

        var pooled = DepthEstimationMetrics.Of(images.Select(Compare)).PooledDepth;

        NaiveDepthMetrics.AssertEqual(NaiveDepthMetrics.Of([.. images.SelectMany(image => image.Prediction)], [.. images.SelectMany(image => image.Truth)], new()), pooled);
    }

    [Fact]
    public void Boundary_means_equal_the_naive_ones()
    {
        var images = Images();

        var metrics = DepthEstimationMetrics.Of(images.Select(Compare));

        Assert.Equal((images.Length - 1, 1), (metrics.Boundary.Images, metrics.Boundary.EmptyImages));
        var naive = images.Where(image => image.Truth.Any(float.IsFinite)).Select(image =>
        {
            var thresholds = new BoundaryOptions().ToThresholds();
            var counts = NaiveBoundary.Count(image.Prediction, image.Truth, image.Width, image.Height, thresholds.Values);
            return thresholds.Mean(k => counts.F1(k, poolDirections: false));
        });
        Assert.Equal(naive.Average(), metrics.Boundary.Mean.F1, 1e-12);
    }

    [Fact]
    public void Groups_that_were_not_computed_are_nan_of_no_images()
    {
        var metrics = DepthEstimationMetrics.Of([new DepthComparison { MaskBoundary = new(0.5, 10) }, new DepthComparison { MaskBoundary = new(1, 10) }]);

        Assert.Equal((2, 0, 0), (metrics.Images, metrics.Depth.Images, metrics.Boundary.Images));
        Assert.Equal((0.75, 2), (metrics.MaskBoundary.Mean.Recall, metrics.MaskBoundary.Images));
        Assert.All([metrics.Depth.Mean.AbsRel, metrics.PooledDepth.Rmse, metrics.Boundary.Mean.F1], value => Assert.Equal(double.NaN, value));
    }

    [Fact]
    public void Images_without_a_valid_pixel_alone_give_nan_and_their_number()
    {
        var metrics = DepthEstimationMetrics.Of([Compare((2, 1, [1, 1], [float.NaN, float.NaN]))]);

        Assert.Equal((1, 0, 1, 0L), (metrics.Images, metrics.Depth.Images, metrics.Depth.EmptyImages, metrics.Depth.Mean.ValidPixels));
        Assert.Equal((double.NaN, double.NaN), (metrics.Depth.Mean.Delta1, metrics.PooledDepth.SiLog));
    }

    [Fact]
    public void Says_how_many_images_there_are_and_what_is_known_of_them()
    {
        Assert.Equal("0 images", DepthEstimationMetrics.Of([]).ToString());
        Assert.Equal("1 image", DepthEstimationMetrics.Of([Compare((2, 1, [1, 1], [float.NaN, float.NaN]))]).ToString());
        Assert.StartsWith("1 image: AbsRel 0.000, delta1 1.000", DepthEstimationMetrics.Of([Compare((2, 1, [1, 1], [1, 1]))]).ToString(), StringComparison.Ordinal);
    }

    // Of odd sizes, with holes; the last truth is nothing but holes.
    private static (int Width, int Height, float[] Prediction, float[] Truth)[] Images()
    {
        var random = new Random(7);
        return [.. Sizes.Select((size, i) =>
        {
            var truth = TestMaps.WithHoles(TestMaps.Noise(random, size.Width * size.Height), random);
            return (size.Width, size.Height, TestMaps.WithHoles(TestMaps.Noise(random, truth.Length), random), i == Sizes.Length - 1 ? new float[truth.Length].Select(_ => float.NaN).ToArray() : truth);
        })];
    }

    private static DepthComparison Compare((int Width, int Height, float[] Prediction, float[] Truth) image) => new()
    {
        Depth = DepthMetrics.Of(image.Prediction, image.Truth),
        Boundary = BoundaryMetrics.Of(image.Prediction, image.Truth, image.Width, image.Height),
    };
}
