using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

/// <summary>EstimateDepth's cursors prepare the next photo while the network runs; nobody is to notice but by the clock.</summary>
public sealed class LookAheadTests : IDisposable
{
    private static readonly string[] Photos = [.. TestData.TwoPhotos, TestData.ExifPhoto, TestData.PlainPhoto, .. TestData.TwoPhotos];

    private readonly MLContext _ml = new(seed: 1);
    private readonly TransformerChain<DepthEstimationTransformer> _pipeline;

    public LookAheadTests() => _pipeline = _ml.Transforms.LoadPhotos("Image", null, "Path", "F")
        .Append(_ml.Transforms.EstimateDepth("Depth", "Image", "F")).Fit(TestData.Paths(_ml));

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public void Keeps_rows_in_order_and_together()
    {
        var rows = _ml.Data.CreateEnumerable<Row>(_pipeline.Transform(TestData.Paths(_ml, Photos)), reuseRowObject: false, ignoreMissingColumns: true).ToList();
        Assert.Equal(Photos, rows.Select(row => row.Path));
        using var network = DepthNetwork.Open();
        Assert.All(rows, row =>
        {
            var photo = Photo.FromFile(row.Path);
            Assert.Equal(FreshProcess.Describe(network.Estimate(photo)), row.Depth is null ? "" : FreshProcess.Describe(row.Depth));
            Assert.Equal(photo.ExifFocalLengthPixels ?? float.NaN, row.F);
        });
        Assert.Equal(Photos.Length, _pipeline.LastTransformer.Runs);
    }

    [Fact]
    public void Throws_at_the_row_of_the_photo_that_cannot_be_read()
    {
        var view = _pipeline.Transform(TestData.Paths(_ml, Photos[0], "nowhere.jpg", Photos[1]));
        using var cursor = view.GetRowCursor([view.Schema["Path"], view.Schema["Depth"]]);
        var (getPath, getDepth) = (cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Path"]), cursor.GetGetter<DepthMap?>(view.Schema["Depth"]));
        var (path, depth, widths) = (default(ReadOnlyMemory<char>), default(DepthMap), new List<int>());
        while (cursor.MoveNext())
        {
            getPath(ref path);
            if (cursor.Position == 1)
            {
                Assert.Equal("nowhere.jpg", path.ToString());
                Assert.Contains("nowhere.jpg", Assert.Throws<FileNotFoundException>(() => getDepth(ref depth)).Message, StringComparison.Ordinal);
                continue;
            }
            getDepth(ref depth);
            widths.Add(depth?.Width ?? 0);
        }
        Assert.Equal([200, 90], widths);
        Assert.Equal(2, _pipeline.LastTransformer.Runs);
    }

    [Fact]
    public void Leaves_the_images_that_are_read_beside_it_to_LoadPhotos()
    {
        var view = _pipeline.Transform(TestData.Paths(_ml, TestData.TwoPhotos));
        MLImage? image = null, first, last;
        DepthMap? depth = null;
        using (var cursor = view.GetRowCursor([view.Schema["Image"], view.Schema["Depth"]]))
        {
            var (getImage, getDepth) = (cursor.GetGetter<MLImage?>(view.Schema["Image"]), cursor.GetGetter<DepthMap?>(view.Schema["Depth"]));
            Assert.True(cursor.MoveNext());
            getImage(ref image);
            getDepth(ref depth);
            first = image;
            Assert.True(cursor.MoveNext());
            Assert.Equal((200, 200), (first?.Width, depth?.Width));
            getDepth(ref depth);
            getImage(ref image);
            last = image;
            Assert.Equal((90, 90), (last?.Width, depth?.Width));
        }
        Assert.Throws<InvalidOperationException>(() => first?.Width);
        Assert.Throws<InvalidOperationException>(() => last?.Width);
    }

    [Fact]
    public void Runs_the_network_of_a_depth_column_read_beside_another_for_no_row_where_it_is_not_read()
    {
        using var two = _ml.Transforms.LoadPhotos("Image", null, "Path").Append(_ml.Transforms.EstimateDepth("First", "Image"))
            .Append(_ml.Transforms.EstimateDepth("Second", "Image")).Fit(TestData.Paths(_ml));
        var view = two.Transform(TestData.Paths(_ml, Photos));
        using var cursor = view.GetRowCursor([view.Schema["First"], view.Schema["Second"]]);
        cursor.GetGetter<DepthMap?>(view.Schema["First"]);
        var getSecond = cursor.GetGetter<DepthMap?>(view.Schema["Second"]);
        DepthMap? depth = null;
        while (cursor.MoveNext()) { getSecond(ref depth); }
        Assert.Equal([0L, Photos.Length], two.OfType<DepthEstimationTransformer>().Select(transformer => transformer.Runs));
    }

    private sealed class Row
    {
        public string Path { get; set; } = "";

        public DepthMap? Depth { get; set; }

        public float F { get; set; }
    }
}
