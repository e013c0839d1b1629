namespace DepthPro.Network.Tests.Models;

public sealed class ModelManifestTests
{
    [Fact]
    public void Is_the_published_network_when_nothing_is_said()
    {
        var network = ModelManifest.Parse("{}", "test").Network;

        Assert.Equal((1536, 1536, 35), (network.InputSize, network.OutputSize, network.PatchCount));
        Assert.Equal([(5, 288, 3, 0), (3, 192, 6, 25), (1, 384, 0, 34)], network.PatchLevels.Select(l => (l.Steps, l.Stride, l.Seam, l.First)));
    }

    [Fact]
    public void Reads_what_it_writes()
    {
        var manifest = new ModelManifest
        {
            Network = new() { HookBlocks = [1, 2], Upsampling = 2, ImageEncoder = new() { Depth = 3 }, FieldOfView = false },
            Precision = "fp16",
            Files = [new("decoder.onnx", 12, new string('a', 64))],
            SourceName = "x.pt",
            SourceSha256 = new string('b', 64),
            Licence = "MIT",
        };

        Assert.Equal(manifest.ToJson(), ModelManifest.Parse(manifest.ToJson(), "test").ToJson());
        Assert.Contains("\"imageEncoder\": {", manifest.ToJson());
    }

    [Theory]
    [InlineData("{\"vti\": {}}", "vti")]
    [InlineData("{\"vit\": {\"layers\": 3}}", "layers")]
    [InlineData("{\"files\": [{\"size\": 3}]}", "size")]
    [InlineData("{\"files\": [{\"name\": \"decoder.onnx\"}]}", "bytes")]
    [InlineData("{\"files\": [{\"name\": \"../decoder.onnx\", \"bytes\": 1, \"sha256\": \"\"}]}", "'../decoder.onnx' is no file name")]
    [InlineData("{\"files\": [{\"name\": \"\", \"bytes\": 1, \"sha256\": \"\"}]}", "'' is no file name")]
    [InlineData("{\"files\": [null]}", "'' is no file name")]
    [InlineData("{\"files\": null}", "not a usable")]
    [InlineData("{\"hookBlocks\": null}", "not a usable")]
    [InlineData("{\"vit\": {\"imageSize\": 536870912}}", "vit.imageSize is 536870912; expected a positive multiple of vit.patchSize (16), at most 4096")]
    [InlineData("{\"vit\": {\"width\": 2147483647}}", "vit.width is 2147483647; expected 1 to 16384")]
    [InlineData("{\"imageEncoder\": {\"depth\": 1000000}}", "imageEncoder.depth is 1000000; expected 1 to 1024")]
    [InlineData("{\"upsampling\": 3, \"upsampling\": 2}", "upsampling")]
    [InlineData("{\"formatVersion\": 99}", "formatVersion 99; this library reads up to 1")]
    [InlineData("{\"formatVersion\": \"one\"}", "not a usable")]
    [InlineData("[1]", "expected an object")]
    [InlineData("{\"vit\": ", "not a usable")]
    [InlineData("{\"vit\": null}", "not a usable")]
    [InlineData("{\"vit\": {\"imageSize\": 100}}", "vit.imageSize is 100; expected a positive multiple of vit.patchSize (16)")]
    [InlineData("{\"vit\": {\"heads\": 5}}", "vit.heads is 5; expected a divisor of vit.width (1024)")]
    [InlineData("{\"hookBlocks\": [5, 99]}", "hookBlocks is [5, 99]")]
    [InlineData("{\"upsampling\": 4}", "upsampling is 4; expected 2 or 3")]
    [InlineData("{\"formatVersion\": 1.5}", "not a usable")]
    [InlineData("", "not a usable")]
    public void Refuses_what_it_does_not_know_by_name(string json, string named)
    {
        var error = Assert.Throws<InvalidDataException>(() => ModelManifest.Parse(json, "some/network.json"));

        Assert.Contains(named, error.Message);
        Assert.Contains("some/network.json", error.Message);
    }
}
