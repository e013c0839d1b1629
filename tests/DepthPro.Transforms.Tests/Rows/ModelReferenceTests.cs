using DepthPro.Network;
using DepthPro.Scoring;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Rows;

public sealed class ModelReferenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Keeps_the_demo_model_by_name_only()
    {
        var reference = ModelReference.To(DepthProModel.Demo);
        Assert.Equal("demo", reference.Name);
        Assert.Null(reference.Path);
        Assert.Null(reference.Sha256);
        Assert.Same(DepthProModel.Demo, reference.Open());
    }

    [Fact]
    public void Finds_a_model_where_it_was()
    {
        var model = MakeModel("m");
        var found = ModelReference.To(model).Open();
        Assert.Equal(model.Path, found.Path);
        Assert.Equal(model.Sha256, found.Sha256);
    }

    [Fact]
    public void Says_where_it_looked_for_a_missing_model()
    {
        var model = MakeModel("m");
        var reference = ModelReference.To(model);
        Directory.Delete(model.Path ?? "", recursive: true);
        var error = Assert.Throws<FileNotFoundException>(reference.Open);
        Assert.Equal(model.Path, error.FileName);
        foreach (var part in new[] { "'m'", model.Sha256, $"'{model.Path}' is not there", "DEPTHPRO_MODEL_PATH", "WithModel" })
        {
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Says_both_hashes_of_a_changed_model()
    {
        var model = MakeModel("m");
        var reference = ModelReference.To(model);
        var changed = MakeModel("m", licence: "another");
        Assert.NotEqual(model.Sha256, changed.Sha256);
        var error = Assert.Throws<InvalidDataException>(reference.Open);
        foreach (var part in new[] { $"expected SHA-256 {model.Sha256}", $"'{model.Path}' has SHA-256 {changed.Sha256}", "DEPTHPRO_MODEL_PATH" })
        {
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    // A description without files is enough to be found.
    private DepthProModel MakeModel(string name, string licence = "none")
    {
        var folder = Directory.CreateDirectory(_folder[name]).FullName;
        File.WriteAllText(Path.Combine(folder, ModelManifest.FileName), new ModelManifest { Precision = "fp32", Licence = licence }.ToJson());
        return DepthProModel.Open(folder);
    }
}
