using DepthPro.Network.Checkpoints;
using DepthPro.Network.Modules;
using DepthPro.Network.Onnx;
using DepthPro.Network.Tests.Modules;
using DepthPro.Tests;

namespace DepthPro.Network.Tests.Models;

public sealed class DepthProModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Is_embedded_as_the_demo()
    {
        var demo = DepthProModel.Demo;

        Assert.Equal(("demo", null, 256, 256, "fp16"), (demo.Name, demo.Path, demo.InputSize, demo.OutputSize, demo.Precision));
        Assert.Matches("^[0-9a-f]{64}$", demo.Sha256);
        Assert.Contains("MIT", demo.Manifest?.Licence);
        demo.Verify();
    }

    [Fact]
    public void Says_which_file_has_changed_and_both_hashes()
    {
        var model = Convert("model");
        var file = _folder[Path.Combine("model", "decoder.data")];
        var bytes = File.ReadAllBytes(file);
        bytes[1000] ^= 1;
        File.WriteAllBytes(file, bytes);

        var error = Assert.Throws<InvalidDataException>(model.Verify);

        Assert.Contains(file, error.Message);
        Assert.Contains(Sha256.OfFile(file), error.Message);
        Assert.Contains(model.Manifest?.Files.Single(f => f.Name == "decoder.data").Sha256 ?? "none", error.Message);
    }

    [Fact]
    public void Says_which_file_is_short_or_missing()
    {
        var model = Convert("model");
        var file = _folder[Path.Combine("model", "image_encoder.onnx")];
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..100]);
        Assert.Contains("found 100 bytes", Assert.Throws<InvalidDataException>(model.Verify).Message);

        File.Delete(file);
        Assert.Contains(file, Assert.Throws<FileNotFoundException>(model.Verify).Message);
    }

    [Fact]
    public void Says_which_part_is_not_listed()
    {
        var model = Convert("model");
        var manifest = model.Manifest ?? throw new InvalidOperationException("A folder has a manifest.");
        File.WriteAllText(_folder[Path.Combine("model", ModelManifest.FileName)], (manifest with { Files = [.. manifest.Files.Where(f => !f.Name.StartsWith("decoder", StringComparison.Ordinal))] }).ToJson());
        File.WriteAllText(_folder[ModelManifest.FileName], "{}");

        var error = Assert.Throws<InvalidDataException>(DepthProModel.Open(_folder["model"]).Verify);
        Assert.Contains("lists no file 'decoder.onnx', but 'patch_encoder.onnx'", error.Message);
        Assert.Contains("Convert the checkpoint again", error.Message);
        Assert.Contains("none at all", Assert.Throws<InvalidDataException>(DepthProModel.Open(_folder.Path).Verify).Message);
    }

    [Theory]
    [InlineData("nowhere", "there is no such folder or file")]
    [InlineData("", "the folder has no network.json")]
    public void Says_what_it_expects_where_no_model_is(string name, string found)
    {
        var error = Assert.Throws<FileNotFoundException>(() => DepthProModel.Open(Path.Combine(_folder.Path, name)));

        Assert.Contains(found, error.Message);
        Assert.Contains("depthpro convert", error.Message);
    }

    [Fact]
    public void Knows_the_interface_of_its_own_single_file_as_folder_and_as_file()
    {
        var model = Convert("single", singleFile: true);
        var path = _folder[Path.Combine("single", "depth_pro.onnx")];
        var file = DepthProModel.Open(path);

        Assert.Equal((SingleFileFlavor.CanonicalInverseDepth, 512, 512), (model.SingleFile?.Flavor, model.InputSize, model.OutputSize));
        Assert.Equal((SingleFileFlavor.CanonicalInverseDepth, 512, 512), (file.SingleFile?.Flavor, file.InputSize, file.OutputSize));
        Assert.Null(file.Config);
        Assert.Equal(Sha256.OfFile(path), file.Sha256);
    }

    [Fact]
    public void Counts_the_data_files_of_a_lone_file_as_part_of_it()
    {
        var graph = DepthProNetwork.Whole(MicroNetwork.Config);
        using (var checkpoint = Checkpoint.Open(Goldens.PathOf("micro", "model.safetensors")))
        using (var onnx = File.Create(_folder["whole.onnx"]))
        using (var data = File.Create(_folder["whole.data"]))
        {
            OnnxWriter.Write(graph, onnx, data, "whole.data", checkpoint.Read);
        }
        var before = DepthProModel.Open(_folder["whole.onnx"]);
        before.Verify();
        Assert.Equal(["whole.data"], before.SingleFile?.DataFiles);
        var sha256 = before.Sha256;

        File.AppendAllText(_folder["whole.data"], "x");
        Assert.NotEqual(sha256, DepthProModel.Open(_folder["whole.onnx"]).Sha256);

        File.Delete(_folder["whole.data"]);
        Assert.Contains(_folder["whole.data"], Assert.Throws<FileNotFoundException>(before.Verify).Message);
    }

    [Fact]
    public void Refuses_a_part_as_a_whole_network_by_what_it_found()
    {
        Convert("model");

        var error = Assert.Throws<InvalidDataException>(() => DepthProModel.Open(_folder[Path.Combine("model", "patch_encoder.onnx")]));

        Assert.Contains("patches [?, 3, 128, 128]", error.Message);
        Assert.Contains("tokens [?, 65, 36]", error.Message);
        Assert.Contains("'predicted_depth' and 'focallength_px'", error.Message);
    }

    [Theory]
    [InlineData("network.json")]
    [InlineData("depth_pro.pt")]
    [InlineData("a_200x150.png")]
    public void Refuses_a_file_that_is_no_onnx_model(string golden)
        => Assert.Contains("is not an ONNX model", Assert.Throws<InvalidDataException>(() => DepthProModel.Open(Goldens.PathOf("micro", golden))).Message);

    [Fact]
    public void Refuses_an_onnx_file_cut_off_anywhere()
    {
        Convert("single", singleFile: true);
        var bytes = File.ReadAllBytes(_folder[Path.Combine("single", "depth_pro.onnx")]);
        for (var length = 0; length < bytes.Length; length += bytes.Length / 37)
        {
            File.WriteAllBytes(_folder["cut.onnx"], bytes[..length]);
            Assert.Throws<InvalidDataException>(() => DepthProModel.Open(_folder["cut.onnx"]));
        }
    }

    private DepthProModel Convert(string name, bool singleFile = false)
        => ModelConverter.Convert(Goldens.PathOf("micro", "model.safetensors"), _folder[name], new() { Config = MicroNetwork.Config, SingleFile = singleFile });
}
