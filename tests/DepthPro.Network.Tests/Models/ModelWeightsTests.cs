using DepthPro.Network.Checkpoints;
using DepthPro.Network.Modules;
using DepthPro.Network.Onnx;
using DepthPro.Network.Tests.Modules;
using DepthPro.Tests;

namespace DepthPro.Network.Tests.Models;

public sealed class ModelWeightsTests : IDisposable
{
    private static readonly string Micro = Goldens.PathOf("micro", "depth_pro.pt");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WeightPrecision.Float32, false)]
    [InlineData(WeightPrecision.Float16, false)]
    [InlineData(WeightPrecision.Float16Compute, false)]
    [InlineData(WeightPrecision.Float16Compute, true)]
    [InlineData(WeightPrecision.Float32, true)]
    [InlineData(WeightPrecision.Float16, true)]
    public void Are_the_checkpoints_that_were_converted(WeightPrecision precision, bool singleFile)
    {
        var model = Convert(precision, singleFile);

        using var weights = model.OpenCheckpoint();
        using var checkpoint = Checkpoint.Open(Micro);
        var parameters = DepthProNetwork.Parts(MicroNetwork.Config).SelectMany(part => part.Parameters).ToList();

        StrictLoading.Require(weights, parameters);
        Assert.Equal(parameters.Count, weights.Tensors.Count);
        Assert.Contains(parameters, parameter => parameter.Transposed);
        Assert.All(parameters, parameter =>
        {
            var expected = Read(checkpoint, parameter.Path);
            Assert.Equal(precision != WeightPrecision.Float32 ? [.. expected.Select(x => (float)(Half)x)] : expected, Read(weights, parameter.Path));
        });
        Assert.Equal(ModelManifest.ConfigToJson(MicroNetwork.Config), ModelManifest.ConfigToJson(ModelConverter.ConfigOf(weights) ?? new()));
        Assert.Equal("the tests' own", weights.Metadata["licence"]);
    }

    [Fact]
    public void Of_the_demo_model_are_its_checkpoint()
    {
        DepthProModel.SaveDemoCheckpoint(_folder["demo.safetensors"]);
        using var expected = Checkpoint.Open(_folder["demo.safetensors"]);
        using var weights = DepthProModel.Demo.OpenCheckpoint();

        Assert.Equal(expected.Tensors.Values, weights.Tensors.Values);
        Assert.Equal(Read(expected, "head.4.bias"), Read(weights, "head.4.bias"));
    }

    [Fact]
    public void Of_another_network_than_the_manifests_are_refused()
    {
        var model = Convert(WeightPrecision.Float32, singleFile: false);
        var manifest = Path.Combine(_folder["model"], ModelManifest.FileName);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace($"\"decoderWidth\": {MicroNetwork.Config.DecoderWidth}", $"\"decoderWidth\": {2 * MicroNetwork.Config.DecoderWidth}"));

        var message = Assert.Throws<InvalidDataException>(() => DepthProModel.Open(_folder["model"]).OpenCheckpoint()).Message;

        Assert.Contains("decoder.onnx'", message);
        Assert.Contains("the network of network.json has it as", message);
        Assert.NotNull(model);
    }

    [Fact]
    public void That_are_missing_are_named()
    {
        Convert(WeightPrecision.Float32, singleFile: false);
        File.Delete(Path.Combine(_folder["model"], "decoder.data"));

        Assert.Contains("decoder.data", Assert.Throws<FileNotFoundException>(() => DepthProModel.Open(_folder["model"]).OpenCheckpoint()).Message);
    }

    [Fact]
    public void That_are_cut_off_are_named()
    {
        Convert(WeightPrecision.Float32, singleFile: false);
        using (var file = File.OpenWrite(Path.Combine(_folder["model"], "decoder.data"))) { file.SetLength(1000); }
        using var weights = DepthProModel.Open(_folder["model"]).OpenCheckpoint();

        Assert.Contains("decoder.data' ends at byte", Assert.Throws<InvalidDataException>(() => Read(weights, "head.4.weight")).Message);
    }

    [Fact]
    public void Of_a_lone_file_are_refused()
    {
        Convert(WeightPrecision.Float32, singleFile: true);
        var model = DepthProModel.Open(Path.Combine(_folder["model"], "depth_pro.onnx"));

        Assert.Contains("network.json", Assert.Throws<InvalidDataException>(model.OpenCheckpoint).Message);
    }

    [Fact]
    public void Convert_to_the_same_model_again()
    {
        var model = Convert(WeightPrecision.Float32, singleFile: false);
        using (var weights = model.OpenCheckpoint())
        {
            SafetensorsWriter.Write(_folder["again.safetensors"], [.. weights.Tensors.Values], info => Read(weights, info.Name), weights.Metadata);
        }

        var again = ModelConverter.Convert(_folder["again.safetensors"], _folder["again"]);

        Assert.Equal(model.Manifest?.Files, again.Manifest?.Files);
    }

    private DepthProModel Convert(WeightPrecision precision, bool singleFile) => ModelConverter.Convert(Micro, _folder["model"],
        new() { Config = MicroNetwork.Config, Precision = precision, SingleFile = singleFile, Licence = "the tests' own" });

    private static float[] Read(Checkpoint checkpoint, string name)
    {
        var values = new float[checkpoint.Tensors[name].Count];
        checkpoint.Read(name, values);
        return values;
    }
}
