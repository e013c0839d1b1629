using DepthPro.Tests;
using DepthPro.Visuals;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

public sealed class ColorizeDepthTests : IDisposable
{
    private readonly MLContext _ml = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Makes_a_picture_of_each_map()
    {
        DepthMap[] maps = [Map(3, 2, 1), Map(2, 4, 5)];
        var options = new DepthColorOptions { Colormap = DepthColormap.Magma, ScaleBar = true };
        Assert.Equal(maps.Select(map => DepthVisuals.Colorize(map)).Select(Pixels), PicturesOf(_ml.Transforms.ColorizeDepth("Image", "Depth"), maps));
        Assert.Equal(maps.Select(map => DepthVisuals.Colorize(map, options)).Select(Pixels), PicturesOf(_ml.Transforms.ColorizeDepth("Image", "Depth", options), maps));
    }

    [Fact]
    public void Replaces_the_map_when_no_input_is_named()
    {
        var data = _ml.Data.LoadFromEnumerable([new DepthRow { Depth = Map(3, 2, 1) }]);
        var view = _ml.Transforms.ColorizeDepth("Depth").Fit(data).Transform(data);
        Assert.Equal("Image", $"{view.Schema["Depth"].Type}");
        using var cursor = view.GetRowCursor(view.Schema);
        var get = cursor.GetGetter<MLImage?>(view.Schema["Depth"]);
        MLImage? image = null;
        Assert.True(cursor.MoveNext());
        get(ref image);
        Assert.Equal((3, 2), (image?.Width, image?.Height));
    }

    [Fact]
    public void Disposes_an_image_when_it_comes_back_and_the_last_at_the_end()
    {
        var data = _ml.Data.LoadFromEnumerable([new DepthRow { Depth = Map(3, 2, 1) }, new DepthRow { Depth = Map(5, 1, 1) }]);
        var view = _ml.Transforms.ColorizeDepth("Image", "Depth").Fit(data).Transform(data);
        MLImage? image = null, first, last;
        using (var cursor = view.GetRowCursor(view.Schema))
        {
            var get = cursor.GetGetter<MLImage?>(view.Schema["Image"]);
            Assert.True(cursor.MoveNext());
            get(ref image);
            first = image;
            Assert.True(cursor.MoveNext());
            Assert.Equal(3, first?.Width);
            get(ref image);
            last = image;
            Assert.Equal(5, last?.Width);
        }
        Assert.Throws<InvalidOperationException>(() => first?.Width);
        Assert.Throws<InvalidOperationException>(() => last?.Width);
    }

    [Fact]
    public void Reads_a_map_once_per_row_and_only_when_its_picture_is_read()
    {
        var row = new CountingRow();
        var data = _ml.Data.LoadFromEnumerable([row]);
        var view = _ml.Transforms.ColorizeDepth("Image", "Depth").Fit(data).Transform(data);
        Assert.Equal(["photo"], view.GetColumn<string>("Name"));
        Assert.Equal(0, row.Reads);

        using var cursor = view.GetRowCursor(view.Schema);
        var (one, other) = (cursor.GetGetter<MLImage?>(view.Schema["Image"]), cursor.GetGetter<MLImage?>(view.Schema["Image"]));
        MLImage? image = null, again = null;
        Assert.True(cursor.MoveNext());
        one(ref image);
        other(ref again);

        Assert.Equal(1, row.Reads);
        Assert.NotSame(image, again);
        Assert.Equal(image?.Pixels.ToArray(), again?.Pixels.ToArray());
    }

    [Fact]
    public void Comes_back_with_its_options()
    {
        var data = _ml.Data.LoadFromEnumerable([new DepthRow { Depth = Map(4, 3, 2) }]);
        var options = new DepthColorOptions { Colormap = DepthColormap.Viridis, Scale = DepthColorScale.Logarithmic, NearestMeters = 0.25f, FarthestMeters = 30, ScaleBar = true };
        var model = _ml.Transforms.ColorizeDepth("Image", "Depth", options).Append(_ml.Transforms.CopyColumns("Copy", "Depth")).Fit(data);
        _ml.Model.Save(model, null, _folder["model.zip"]);

        var loaded = new MLContext().Model.Load(_folder["model.zip"], out _);

        Assert.IsType<DepthColorizingTransformer>(((IEnumerable<ITransformer>)loaded).First());
        Assert.Equal(Read(model.Transform(data)), Read(loaded.Transform(data)));
        Assert.Equal([Pixels(DepthVisuals.Colorize(Map(4, 3, 2), options))], Read(loaded.Transform(data)));
    }

    [Fact]
    public void Stores_its_options_as_json_and_refuses_stored_ones_out_of_range()
    {
        const string Stored = """{"output":"Image","input":"Depth","options":{"colormap":"viridis","scale":"logarithmic","nearestMeters":0.25,"scaleBar":true}}""";
        Assert.Equal(Stored, Rows.ModelStorage.ToJson(Rows.ModelStorage.FromJson<DepthColorizingTransformer.Columns>(Stored)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DepthColorizingTransformer(new("Image", "Depth", new() { NearestMeters = -1 })));
        Assert.Equal(8, DepthColorizingTransformer.SavedAs.Length);
    }

    [Fact]
    public void Promises_the_schema_that_it_makes()
    {
        var data = _ml.Data.LoadFromEnumerable(Array.Empty<DepthRow>());
        var estimator = _ml.Transforms.ColorizeDepth("Image", "Depth");
        var promised = estimator.GetOutputSchema(Rows.SchemaShapes.Append(new SchemaShape([]), [new("Depth", data.Schema["Depth"].Type)])).Single(column => column.Name == "Image");
        Assert.Equal("Image", $"{promised.ItemType}");
        Assert.Equal(SchemaShape.Column.VectorKind.Scalar, promised.Kind);
        Assert.Equal(["Depth", "Image"], estimator.Fit(data).GetOutputSchema(data.Schema).Select(column => column.Name));
    }

    [Fact]
    public void Refuses_a_column_of_another_type_before_any_work()
    {
        var data = TestData.Paths(_ml);
        Assert.StartsWith("Schema mismatch for input column 'Path': expected DepthMap, got String", Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ColorizeDepth("Image", "Path").Fit(data)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Could not find input column 'Nothing'", Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ColorizeDepth("Image", "Nothing").Fit(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_row_without_a_map()
    {
        var data = _ml.Data.LoadFromEnumerable([new DepthRow()]);
        var error = Assert.Throws<InvalidDataException>(() => Read(_ml.Transforms.ColorizeDepth("Image", "Depth").Fit(data).Transform(data)));
        Assert.StartsWith("Column 'Depth', row 0 holds no depth map", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_bad_names_and_options_where_they_are_typed()
    {
        Assert.Throws<ArgumentException>(() => _ml.Transforms.ColorizeDepth(""));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.ColorizeDepth("Image", " "));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ColorizeDepth("Image", "Depth", new() { FarthestMeters = 0 }));
    }

    [Fact]
    public void Feeds_a_prediction_engine()
    {
        var data = _ml.Data.LoadFromEnumerable(Array.Empty<DepthRow>());
        using var engine = _ml.Model.CreatePredictionEngine<DepthRow, PictureRow>(_ml.Transforms.ColorizeDepth("Image", "Depth").Fit(data));
        Assert.Equal(3, engine.Predict(new() { Depth = Map(3, 2, 1) }).Image?.Width);
    }

    private List<string> PicturesOf(DepthColorizingEstimator estimator, DepthMap[] maps)
    {
        var data = _ml.Data.LoadFromEnumerable(maps.Select(map => new DepthRow { Depth = map }));
        return Read(estimator.Fit(data).Transform(data));
    }

    private static List<string> Read(IDataView view)
    {
        var pictures = new List<string>();
        using var cursor = view.GetRowCursor([view.Schema["Image"]]);
        var get = cursor.GetGetter<MLImage?>(view.Schema["Image"]);
        MLImage? image = null;
        while (cursor.MoveNext())
        {
            get(ref image);
            pictures.Add(image is null ? "none" : Pixels(Photo.FromImage(image)));
        }
        return pictures;
    }

    private static string Pixels(Photo picture) => $"{picture.Width} x {picture.Height}: {Convert.ToHexString(picture.Rgb)}";

    private static DepthMap Map(int width, int height, float nearest) =>
        new(width, height, [.. Enumerable.Range(0, width * height).Select(i => nearest + i)], float.NaN, FocalLengthSource.Unknown);

    private sealed class CountingRow
    {
        private int _reads;

        internal int Reads => _reads;

        public string Name => "photo";

        public DepthMap Depth
        {
            get
            {
                _reads++;
                return Map(2, 2, 1);
            }
        }
    }

    private sealed class PictureRow
    {
        public MLImage? Image { get; set; }
    }
}
