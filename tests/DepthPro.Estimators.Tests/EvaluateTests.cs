using DepthPro.Tests;
using Microsoft.ML;
using static DepthPro.Estimators.Tests.CompareDepthTests;

namespace DepthPro.Estimators.Tests;

public sealed class EvaluateTests
{
    private static readonly string[] MicroPhotos = ["a_200x150", "d_90x160"];

    private readonly MLContext _ml = new();

    [Fact]
    public void Finds_our_depth_equal_to_the_references()
    {
        using var folder = new TemporaryFolder();
        var data = _ml.Data.LoadFromEnumerable(MicroPhotos.Select(name => new TruthRow { Path = Goldens.PathOf("micro", $"{name}.png"), Label = Golden(name) }).ToList());
        using var model = _ml.Transforms.LoadPhotos("Image", null, "Path").Append(_ml.Transforms.EstimateDepth("Depth", "Image", model: TestData.MicroModel(folder["micro"]))).Fit(data);

        var metrics = _ml.DepthEstimation.Evaluate(model.Transform(data));

        Assert.Equal((2, 2, 0, 200L * 150 + 90 * 160), (metrics.Images, metrics.Depth.Images, metrics.Depth.EmptyImages, metrics.Depth.Mean.ValidPixels));
        Assert.InRange(metrics.Depth.Mean.AbsRel, 0, 1e-3);
        Assert.Equal(1, metrics.PooledDepth.Delta1);
        Assert.InRange(metrics.Boundary.Mean.F1, 0.99, 1);
        Assert.Equal(0, metrics.MaskBoundary.Images);
    }

    [Fact]
    public void Leaves_images_without_a_valid_pixel_out_and_counts_them()
    {
        var data = _ml.Data.LoadFromEnumerable([
            new ComparedRow { Depth = Map(2, 1, 2), Truth = Map(2, 1, 1) },
            new ComparedRow { Depth = Map(2, 1, 2), Truth = Map(2, 1, float.NaN) },
            new ComparedRow { Depth = Map(6, 1, 1), Truth = Map(6, 1, 1) }]);

        var metrics = _ml.DepthEstimation.Evaluate(data, "Truth", "Depth");

        Assert.Equal((3, 2, 1), (metrics.Images, metrics.Depth.Images, metrics.Depth.EmptyImages));
        Assert.Equal((0.5, 0.25), (metrics.Depth.Mean.AbsRel, metrics.PooledDepth.AbsRel));
    }

    [Fact]
    public void Takes_truth_from_files()
    {
        using var folder = new TemporaryFolder();
        Npy.Write(folder["a.npy"], Map(2, 1, 2));
        var data = _ml.Data.LoadFromEnumerable([new FileRow { File = "a.npy", Depth = Map(2, 1, 3) }]);

        var metrics = _ml.DepthEstimation.Evaluate(_ml.Transforms.LoadDepthMaps("Label", folder.Path, "File").Fit(data).Transform(data));

        Assert.Equal((2L, 0.5), (metrics.Depth.Mean.ValidPixels, metrics.Depth.Mean.AbsRel));
    }

    [Fact]
    public void Evaluates_mattes_without_true_depth()
    {
        var data = _ml.Data.LoadFromEnumerable([new ComparedRow { Depth = DepthOf(3, 1, 4, 1, 4), Alpha = [0, 1, 0] }]);

        var metrics = _ml.DepthEstimation.Evaluate(data, labelColumnName: null, options: new() { MaskColumnName = "Alpha" });

        Assert.Equal((1, 0, 1), (metrics.Images, metrics.Depth.Images, metrics.MaskBoundary.Images));
        Assert.Equal(0.5, metrics.MaskBoundary.Mean.Recall, 1e-12);
    }

    [Fact]
    public void Holds_one_images_maps_at_a_time()
    {
        var (seen, most) = (new List<WeakReference>(), 0);
        IEnumerable<ComparedRow> Rows()
        {
            for (var row = 0; row < 12; row++)
            {
                GC.Collect();
                most = Math.Max(most, seen.Count(map => map.IsAlive));
                yield return NewRow(seen);
            }
        }

        _ml.DepthEstimation.Evaluate(_ml.Data.LoadFromEnumerable(Rows()), "Truth", "Depth");

        Assert.Equal(12, seen.Count);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public void Evaluates_focal_lengths_of_numbers_and_of_depth_maps()
    {
        var data = _ml.Data.LoadFromEnumerable([Focal(100, 110), Focal(100, 130), Focal(100, 200), Focal(float.NaN, 100), Focal(100, float.NaN)]);

        foreach (var column in new[] { "Estimated", "Depth" })
        {
            var metrics = _ml.DepthEstimation.EvaluateFocalLength(data, "Label", column);
            Assert.Equal((3, 2), (metrics.Images, metrics.EmptyImages));
            Assert.Equal((0.1 + 0.3 + 1) / 3, metrics.RelativeError, 1e-6);
            Assert.Equal((1.0 / 3, 2.0 / 3), (metrics.Delta25, metrics.Delta50));
        }
    }

    [Theory]
    [InlineData("Nothing", "Depth", "Could not find input column 'Nothing'")]
    [InlineData("Truth", "Alpha", "Schema mismatch for input column 'Alpha': expected DepthMap, got Vector<Single>")]
    public void Refuses_columns_before_any_work(string label, string depth, string message)
    {
        var data = _ml.Data.LoadFromEnumerable([new ComparedRow()]);
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(() => _ml.DepthEstimation.Evaluate(data, label, depth)).Message, StringComparison.Ordinal);
    }

    private static ComparedRow NewRow(List<WeakReference> seen)
    {
        var row = new ComparedRow { Depth = Map(64, 64, 1), Truth = Map(64, 64, 1) };
        seen.Add(new(row.Depth));
        return row;
    }

    private static FocalRow Focal(float truth, float estimated) => new()
    {
        Label = truth,
        Estimated = estimated,
        Depth = new(1, 1, [1], estimated, float.IsNaN(estimated) ? FocalLengthSource.Unknown : FocalLengthSource.Estimated),
    };

    private static DepthMap Golden(string name)
    {
        var (values, shape) = Goldens.Npy("micro", name, "depth_estimated_fpx.npy");
        return DepthOf(shape[1], shape[0], values);
    }

    private sealed class TruthRow
    {
        public string Path { get; set; } = "";

        public DepthMap? Label { get; set; }
    }

    private sealed class FileRow
    {
        public string File { get; set; } = "";

        public DepthMap? Depth { get; set; }
    }

    private sealed class FocalRow
    {
        public float Label { get; set; }

        public float Estimated { get; set; }

        public DepthMap? Depth { get; set; }
    }
}
