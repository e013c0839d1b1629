using System.Text.Json;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class DepthSidecarTests : IDisposable
{
    private static readonly DepthSidecar Plain = new()
    {
        Photo = "photos/é.jpg",
        Width = 3,
        Height = 2,
        FocalLengthPixels = 100.1f,
        FocalLengthSource = "estimated",
        FieldOfViewDegrees = 1.7f,
        DepthMetersMin = null,
        DepthMetersMedian = 2,
        DepthMetersMax = 1e4f,
        Model = "demo",
        ModelSha256 = "abc",
        Device = "CPU",
        Precision = "fp16",
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_what_it_writes()
    {
        var full = Plain with
        {
            OriginalWidth = 30,
            OriginalHeight = 20,
            PrincipalPointXPixels = 1.5,
            PrincipalPointYPixels = 1,
            Depth16MetersPerUnit = 0.001,
            Depth16SaturatedPixels = 0,
            PhotoBytes = 1L << 40,
            Files = [new("é.npy", 152), new("é.depth16.png", 1L << 40)],
        };
        foreach (var sidecar in (DepthSidecar[])[Plain, full])
        {
            sidecar.Write(_folder["a.json"]);
            Assert.Equal(sidecar.ToJson(), DepthSidecar.Read(_folder["a.json"]).ToJson()); // equal records would share their list
        }
    }

    [Fact]
    public void Lists_the_files_by_name_and_bytes()
        => Assert.EndsWith(""","photoBytes":7,"files":[{"name":"a.npy","bytes":152}]}""", (Plain with { PhotoBytes = 7, Files = [new("a.npy", 152)] }).ToJson());

    [Fact]
    public void Leaves_out_what_there_is_not_to_say()
    {
        var names = JsonDocument.Parse(Plain.ToJson()).RootElement.EnumerateObject().Select(member => member.Name).ToList();

        Assert.Equal(13, names.Count);
        Assert.Contains("depthMetersMin", names);
        Assert.DoesNotContain("originalWidth", names);
        Assert.DoesNotContain("files", names);
    }

    [Fact]
    public void States_the_unit_and_the_camera_of_the_16_bit_png()
    {
        var json = JsonDocument.Parse(Plain.WithDepth16(1000, new(7)).ToJson()).RootElement;

        Assert.Equal("0.001", json.GetProperty("depth16MetersPerUnit").GetRawText());
        Assert.Equal((1.5, 1.0, 7), (json.GetProperty("principalPointXPixels").GetDouble(), json.GetProperty("principalPointYPixels").GetDouble(), json.GetProperty("depth16SaturatedPixels").GetInt32()));
    }

    [Fact]
    public void Passes_over_members_that_it_does_not_know()
    {
        File.WriteAllText(_folder["a.json"], Plain.ToJson().Replace("{", """{"later":[1],"""));

        Assert.Equal(Plain, DepthSidecar.Read(_folder["a.json"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"photo":"a.jpg"}""")]
    [InlineData("""{"photo":null,"width":3,"height":2,"focalLengthPixels":null,"focalLengthSource":"unknown","fieldOfViewDegrees":null,"depthMetersMin":null,"depthMetersMedian":null,"depthMetersMax":null,"model":"demo","modelSha256":"abc","device":"cpu","precision":"fp16"}""")]
    [InlineData("not JSON")]
    public void Says_what_is_no_sidecar(string text)
    {
        File.WriteAllText(_folder["a.json"], text);

        Assert.Contains($"'{_folder["a.json"]}' is no sidecar of depth: ", Assert.Throws<InvalidDataException>(() => DepthSidecar.Read(_folder["a.json"])).Message);
    }

    [Fact]
    public void Says_that_there_is_no_file() =>
        Assert.Contains($"Sidecar '{_folder["a.json"]}' cannot be read: there is no such file; expected the JSON", Assert.Throws<FileNotFoundException>(() => DepthSidecar.Read(_folder["a.json"])).Message);
}
