using DepthPro.Network;
using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

public sealed class SchemaTests
{
    private static readonly MLContext Ml = new();

    public static TheoryData<string, string> Errors { get; } = new()
    {
        { "photos of numbers", "Schema mismatch for input column 'Number': expected String or Vector<Byte>, got Single" },
        { "depth maps of numbers", "Schema mismatch for input column 'Number': expected String, got Single" },
        { "input of text", "Schema mismatch for input column 'Path': expected Image, got String" },
        { "patches of numbers", "Schema mismatch for input column 'Number': expected Vector<Single, 3, S, S> with S a multiple of 16, got Single" },
        { "score of text", "Schema mismatch for input column 'Path': expected Vector<Single, 3, 256, 256> or Vector<Single, 35, 3, 64, 64>, got String" },
        { "metric of text", "Schema mismatch for input column 'Path': expected Vector<Single, O, O>, got String" },
        { "depth of text", "Schema mismatch for input column 'Path': expected Image, got String" },
        { "depth of nothing", "Could not find input column 'Nothing'" },
        { "focal length of text", "Schema mismatch for input column 'Path': expected Single or Vector<Single, 1>, got String" },
        { "comparison of numbers", "Schema mismatch for input column 'Number': expected DepthMap, got Single" },
        { "comparison with text", "Schema mismatch for input column 'Path': expected DepthMap, got String" },
        { "matte of text", "Schema mismatch for input column 'Path': expected Image or Vector<Single>, got String" },
        { "features of numbers", "Schema mismatch for input column 'Number': expected DepthMap, got Single" },
        { "scale of text", "Schema mismatch for input column 'Path': expected DepthMap, got String" },
        { "lock of numbers", "Schema mismatch for input column 'Number': expected DepthMap, got Single" },
        { "lock of depth by image", "Schema mismatch for input column 'Depth': expected Single or Vector<Single, 1>, got DepthMap" },
        { "lock by text", "Schema mismatch for input column 'Path': expected Image or DepthMap, got String" },
        { "source of numbers", "Schema mismatch for input column 'Number.Source': expected String, got Single" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Is_refused_before_any_work(string kind, string message)
    {
        var data = Ml.Data.LoadFromEnumerable(Array.Empty<Row>());
        var estimator = Wrong(kind);
        string[] errors =
        [
            Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(data)).Message,
            Assert.Throws<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(ShapeOf(data.Schema))).Message,
            Assert.Throws<ArgumentOutOfRangeException>(() => Ml.Transforms.CopyColumns("Copy", "Path").Append(estimator).Fit(data)).Message,
        ];
        Assert.All(errors, error => Assert.StartsWith(message, error, StringComparison.Ordinal));
    }

    [Fact]
    public void Is_promised_as_it_will_be()
    {
        var data = Ml.Data.LoadFromEnumerable(Array.Empty<Row>());
        var pipeline = Ml.Transforms.LoadPhotos("Image", null, "Path", "F")
            .Append(Ml.Transforms.LoadDepthMaps("Truth", null, "Path"))
            .Append(Ml.Transforms.PrepareDepthInput("Input", "Image"))
            .Append(Ml.Transforms.ExtractDepthPatches("Patches", "Input"))
            .Append(Ml.Transforms.ScoreDepthPro("Inverse", "Input", "Fov"))
            .Append(Ml.Transforms.CompareDepth("C", "Depth", "Depth", new() { MaskColumnName = "Image" }))
            .Append(Ml.Transforms.FeaturizeDepth("Features", "Depth"))
            .Append(Ml.Transforms.CalibrateScale("Scaled", new(1, 2), "Depth"))
            .Append(Ml.Transforms.ConvertToMetricDepth("Converted", "Inverse", "Image", focalLength: "F"))
            .Append(Ml.Transforms.EstimateDepth("Number", "Image", "F")); // hides a column
        var promised = pipeline.GetOutputSchema(ShapeOf(data.Schema));
        using var model = pipeline.Fit(data);
        var actual = ShapeOf(model.GetOutputSchema(data.Schema));
        Assert.Equal(Describe(actual), Describe(promised));
        Assert.Equal("Vector<Single, 3, 256, 256>", $"{model.GetOutputSchema(data.Schema)["Input"].Type}");
        Assert.Equal("Vector<Single, 35, 3, 64, 64>", $"{model.GetOutputSchema(data.Schema)["Patches"].Type}");
        Assert.Equal("Vector<Single, 256, 256>", $"{model.GetOutputSchema(data.Schema)["Inverse"].Type}");
        Assert.Equal("DepthMap", $"{model.GetOutputSchema(data.Schema)["Number"].Type}");
    }

    [Fact]
    public void Defaults_the_input_to_the_output()
    {
        using var image = TestData.Picture(20, 10);
        var data = Ml.Data.LoadFromEnumerable([new ImageRow { Image = image }]);
        using var model = Ml.Transforms.EstimateDepth("Image").Fit(data);
        Assert.Equal(20, model.Transform(data).Only<DepthMap>("Image").Width);
    }

    [Fact]
    public void Refuses_patches_for_a_network_in_one_file()
    {
        using var folder = new TemporaryFolder();
        var data = Ml.Data.LoadFromEnumerable(Array.Empty<PatchRow>());
        var whole = TestData.MicroModel(folder["whole"], singleFile: true);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Ml.Transforms.ScoreDepthPro("C", "Patches", model: whole).Fit(data));
        Assert.StartsWith("Schema mismatch for input column 'Patches': expected Vector<Single, 3, 512, 512>, got Vector<Single, 35, 3, 128, 128>", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_to_estimate_a_field_of_view_that_the_model_does_not()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[ModelManifest.FileName], new ModelManifest { Network = new() { FieldOfView = false } }.ToJson());
        var data = Ml.Data.LoadFromEnumerable(Array.Empty<ImageRow>());
        var error = Assert.Throws<ArgumentException>(() => Ml.Transforms.EstimateDepth("Depth", "Image", model: folder.Path).Fit(data));
        Assert.Contains("name a focal length column", error.Message, StringComparison.Ordinal);
        Ml.Transforms.EstimateDepth("Depth", "Image", "FocalLength", folder.Path).Fit(data).Dispose();
    }

    [Fact]
    public void Wants_names()
    {
        Assert.Throws<ArgumentException>(() => Ml.Transforms.EstimateDepth("Depth", ""));
        Assert.Throws<ArgumentException>(() => Ml.Transforms.ScoreDepthPro("A", fieldOfViewOutputColumnName: "A"));
        Assert.Throws<ArgumentException>(() => Ml.Transforms.PrepareDepthInput(" "));
        Assert.Throws<ArgumentException>(() => Ml.Transforms.FeaturizeDepth(""));
        Assert.Throws<ArgumentException>(() => Ml.Transforms.CalibrateScale("A", new(1, 2), ""));
        Assert.Throws<ArgumentException>(() => Ml.Transforms.LockFocalLength("A", "B", ""));
    }

    private static IEstimator<ITransformer> Wrong(string kind) => kind switch
    {
        "photos of numbers" => Ml.Transforms.LoadPhotos("Image", null, "Number"),
        "depth maps of numbers" => Ml.Transforms.LoadDepthMaps("Truth", null, "Number"),
        "input of text" => Ml.Transforms.PrepareDepthInput("Input", "Path"),
        "patches of numbers" => Ml.Transforms.ExtractDepthPatches("Patches", "Number"),
        "score of text" => Ml.Transforms.ScoreDepthPro("C", "Path"),
        "metric of text" => Ml.Transforms.ConvertToMetricDepth("Depth", "Path", "Image", "Number"),
        "depth of text" => Ml.Transforms.EstimateDepth("Depth", "Path"),
        "depth of nothing" => Ml.Transforms.EstimateDepth("Depth", "Nothing"),
        "comparison of numbers" => Ml.Transforms.CompareDepth("C", "Number", "Path"),
        "comparison with text" => Ml.Transforms.CompareDepth("C", "Depth", "Path"),
        "matte of text" => Ml.Transforms.CompareDepth("C", "Depth", options: new() { MaskColumnName = "Path" }),
        "focal length of text" => Ml.Transforms.EstimateDepth("Depth", "Image", "Path"),
        "features of numbers" => Ml.Transforms.FeaturizeDepth("Features", "Number"),
        "scale of text" => Ml.Transforms.CalibrateScale("Scaled", new(1, 2), "Path"),
        "lock of numbers" => Ml.Transforms.LockFocalLength("Locked", "Number"),
        "lock of depth by image" => Ml.Transforms.LockFocalLength("Locked", "Depth", "Image"),
        "lock by text" => Ml.Transforms.LockFocalLength("Locked", "Number", "Path"),
        _ => Ml.Transforms.EstimateDepth("Depth", "Image", "Number"),
    };

    private static SchemaShape ShapeOf(DataViewSchema schema) =>
        Rows.SchemaShapes.Append(new SchemaShape([]), [.. schema.Where(c => !c.IsHidden).Select(c => new Rows.OutputColumn(c.Name, c.Type))]);

    private static IEnumerable<string> Describe(SchemaShape shape) => shape.Select(c => $"{c.Name}: {c.Kind} {c.ItemType}").Order();

    private sealed class PatchRow
    {
        [VectorType(35, 3, 128, 128)]
        public float[] Patches { get; set; } = [];
    }

    private sealed class Row
    {
        public string Path { get; set; } = "";

        public float Number { get; set; }

        [ColumnName("Number.Source")]
        public float NumberSource { get; set; }

        public MLImage? Image { get; set; }

        public DepthMap? Depth { get; set; }
    }
}
