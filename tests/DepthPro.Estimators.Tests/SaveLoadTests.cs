using DepthPro.Network;
using DepthPro.Tests;
using Microsoft.ML;

namespace DepthPro.Estimators.Tests;

public sealed class SaveLoadTests : IDisposable
{
    private readonly MLContext _ml = new();
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Comes_back_in_a_fresh_process(bool withSchema)
    {
        var data = TestData.Paths(_ml, TestData.ExifPhoto);
        using var model = _ml.Transforms.LoadPhotos("Image", null, "Path", "F").Append(_ml.Transforms.EstimateDepth("Depth", "Image", "F")).Fit(data);
        _ml.Model.Save(model, withSchema ? data.Schema : null, _folder["model.zip"]);
        var (exitCode, lines) = FreshProcess.Run([_folder["model.zip"], TestData.ExifPhoto, _folder["again.zip"]]);
        Assert.Equal(["PhotoLoadingTransformer, DepthEstimationTransformer", FreshProcess.Describe(model.Transform(data).Only<DepthMap>("Depth"))], lines);
        Assert.Equal(0, exitCode);
        Assert.Equal(lines, FreshProcess.Run([_folder["again.zip"], TestData.ExifPhoto]).Lines);
    }

    [Fact]
    public void Is_not_needed_for_ML_NET_to_know_marked_properties() => Assert.Equal(["DepthMap"], FreshProcess.Run([]).Lines);

    [Fact]
    public void Brings_back_every_step()
    {
        var data = TestData.Paths(_ml, TestData.TwoPhotos[0]);
        using var model = _ml.Transforms.LoadPhotos("Image", null, "Path")
            .Append(_ml.Transforms.PrepareDepthInput("Input", "Image"))
            .Append(_ml.Transforms.ExtractDepthPatches("Patches", "Input"))
            .Append(_ml.Transforms.ScoreDepthPro("Inverse", "Patches", "Fov"))
            .Append(_ml.Transforms.ConvertToMetricDepth("Depth", "Inverse", "Image", "Fov"))
            .Append(_ml.Transforms.CopyColumns("Copy", "Depth")).Fit(data);
        _ml.Model.Save(model, data.Schema, _folder["model.zip"]);
        var (_, lines) = FreshProcess.Run([_folder["model.zip"], TestData.TwoPhotos[0]]);
        Assert.Equal("PhotoLoadingTransformer, DepthInputTransformer, DepthPatchTransformer, DepthScoringTransformer, MetricDepthTransformer, ColumnCopyingTransformer", lines[0]);
        Assert.Equal(FreshProcess.Describe(model.Transform(data).Only<DepthMap>("Copy")), lines[1]);
    }

    [Fact]
    public void Comes_back_alone_without_a_schema()
    {
        using var image = TestData.Picture(30, 20);
        var data = _ml.Data.LoadFromEnumerable([new ImageRow { Image = image }]);
        using var model = _ml.Transforms.EstimateDepth("Depth", "Image").Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, null, stream);
        stream.Position = 0;
        var loaded = new MLContext().Model.Load(stream, out var schema);
        Assert.Null(schema);
        using var again = Assert.IsType<DepthEstimationTransformer>(loaded is IEnumerable<ITransformer> chain ? chain.Single() : loaded);
        Assert.Equal(FreshProcess.Describe(model.Transform(data).Only<DepthMap>("Depth")), FreshProcess.Describe(again.Transform(data).Only<DepthMap>("Depth")));
    }

    [Fact]
    public void Finds_its_model_where_it_was_where_it_is_told_and_beside_it()
    {
        var model = SaveWithMicroModel();
        var (_, lines) = FreshProcess.Run([_folder["model.zip"], TestData.TwoPhotos[0]]);
        Assert.Equal("PhotoLoadingTransformer, DepthEstimationTransformer", lines[0]);
        Assert.StartsWith("200 x 150", lines[1], StringComparison.Ordinal);

        Directory.CreateDirectory(_folder["moved"]);
        Directory.Move(model, _folder["moved/micro"]);
        Assert.Equal(lines, FreshProcess.Run([_folder["model.zip"], TestData.TwoPhotos[0]], modelPath: _folder["moved/micro"]).Lines);
        Assert.Equal(lines, FreshProcess.Run([_folder["model.zip"], TestData.TwoPhotos[0]], modelPath: _folder["moved"]).Lines);
        Assert.Equal(lines, FreshProcess.Run([_folder["model.zip"], TestData.TwoPhotos[0]], folder: _folder["moved"]).Lines);
    }

    [Fact]
    public void Loads_without_its_model_and_says_on_first_use_what_it_misses()
    {
        var model = SaveWithMicroModel();
        var sha256 = DepthProModel.Open(model).Sha256;
        Directory.Delete(model, recursive: true);
        var (exitCode, lines) = FreshProcess.Run([_folder["model.zip"], TestData.TwoPhotos[0]]);
        Assert.Equal(1, exitCode);
        Assert.Equal("PhotoLoadingTransformer, DepthEstimationTransformer", lines[0]);
        foreach (var part in new[] { "FileNotFoundException", sha256, model, "DEPTHPRO_MODEL_PATH" }) { Assert.Contains(part, lines[1], StringComparison.Ordinal); }
    }

    [Theory]
    [InlineData("decoder.onnx")]
    [InlineData("network.json")]
    public void Says_which_file_of_its_model_has_changed_both_hashes_and_how_to_name_another(string name)
    {
        var file = Path.Combine(SaveWithMicroModel(), name);
        var expected = Sha256.OfFile(file);
        File.AppendAllText(file, " ");
        var (exitCode, lines) = FreshProcess.Run([_folder["model.zip"], TestData.TwoPhotos[0]]);
        Assert.Equal(1, exitCode);
        var place = name == ModelManifest.FileName ? _folder["micro"] : file;
        foreach (var part in new[] { "InvalidDataException", place, $"SHA-256 {expected}", $"SHA-256 {Sha256.OfFile(file)}", "DEPTHPRO_MODEL_PATH", "WithModel" })
        {
            Assert.Contains(part, lines[^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Says_which_file_of_its_model_is_missing_and_how_to_name_another()
    {
        var file = Path.Combine(SaveWithMicroModel(), "decoder.onnx");
        var expected = Sha256.OfFile(file);
        File.Delete(file);
        var (exitCode, lines) = FreshProcess.Run([_folder["model.zip"], TestData.TwoPhotos[0]]);
        Assert.Equal(1, exitCode);
        foreach (var part in new[] { "FileNotFoundException", file, expected, "DEPTHPRO_MODEL_PATH", "WithModel" }) { Assert.Contains(part, lines[^1], StringComparison.Ordinal); }
    }

    [Fact]
    public void Passes_between_versions_of_the_library()
    {
        var data = TestData.Paths(_ml, TestData.ExifPhoto);
        using var model = _ml.Transforms.LoadPhotos("Image", null, "Path", "F").Append(_ml.Transforms.EstimateDepth("Depth", "Image", "F")).Fit(data);
        _ml.Model.Save(model, data.Schema, _folder["old.zip"]);
        var next = OtherVersion.Install(_folder["next"], typeof(DepthEstimationTransformer).Assembly, new(9, 9, 9, 9));
        var (exitCode, lines) = FreshProcess.Run([_folder["old.zip"], TestData.ExifPhoto, _folder["new.zip"]], program: next);
        Assert.Equal(["PhotoLoadingTransformer, DepthEstimationTransformer", FreshProcess.Describe(model.Transform(data).Only<DepthMap>("Depth"))], lines);
        Assert.Equal(0, exitCode);
        Assert.Equal(lines, FreshProcess.Run([_folder["new.zip"], TestData.ExifPhoto]).Lines);
    }

    [Fact]
    public void Takes_another_model_after_loading()
    {
        Directory.Delete(SaveWithMicroModel(), recursive: true);
        var loaded = (IEnumerable<ITransformer>)_ml.Model.Load(_folder["model.zip"], out _);
        using var estimator = loaded.OfType<DepthEstimationTransformer>().Single().WithModel(DepthProModel.Demo);
        using var image = TestData.Picture(30, 20);
        Assert.Equal(30, estimator.Transform(_ml.Data.LoadFromEnumerable([new ImageRow { Image = image }])).Only<DepthMap>("Depth").Width);
    }

    [Fact]
    public void Refuses_to_fit_without_the_models_files()
    {
        var model = TestData.MicroModel(_folder["micro"]);
        var estimator = _ml.Transforms.EstimateDepth("Depth", "Image", model: model);
        File.Delete(_folder["micro/decoder.onnx"]);
        var error = Assert.Throws<FileNotFoundException>(() => estimator.Fit(_ml.Data.LoadFromEnumerable(Array.Empty<ImageRow>())));
        Assert.Contains("decoder.onnx", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string SaveWithMicroModel()
    {
        var model = TestData.MicroModel(_folder["micro"]);
        var data = TestData.Paths(_ml, TestData.TwoPhotos[0]);
        using var fitted = _ml.Transforms.LoadPhotos("Image", null, "Path").Append(_ml.Transforms.EstimateDepth("Depth", "Image", model: model)).Fit(data);
        _ml.Model.Save(fitted, data.Schema, _folder["model.zip"]);
        return _folder["micro"];
    }
}
