using System.Text;
using System.Text.Json;

namespace DepthPro.Cli.Tests;

public sealed class EstimateFormatsTests : IDisposable
{
    private readonly PhotoFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_format_says_the_same_depth()
    {
        var (code, output, error) = PhotoFolder.Run("estimate", _folder.Photo("a.jpg"), "--output", _folder["depth"], "--format", "png, png16,npy,npz,pfm,ply,glb,npy", "--json");

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Equal(["a.depth.png", "a.depth16.png", "a.glb", "a.json", "a.npy", "a.npz", "a.pfm", "a.ply"], _folder.Files("depth"));
        var depth = DepthFile.Read(_folder["depth/a.npy"]);
        Assert.Equal(depth.Meters, DepthFile.Read(_folder["depth/a.npz"]).Meters);
        Assert.Equal(depth.Meters, DepthFile.Read(_folder["depth/a.pfm"]).Meters);
        var millimeters = DepthFile.Read(_folder["depth/a.depth16.png"]);
        for (var i = 0; i < depth.Meters.Length; i++) { Assert.Equal(Math.Clamp(depth.Meters[i], 0.001f, 65.535f), millimeters.Meters[i], 0.00051f); }
        Assert.Contains($"element vertex {24 * 16}\n", File.ReadAllText(_folder["depth/a.ply"], Encoding.Latin1));
        Assert.StartsWith("glTF", File.ReadAllText(_folder["depth/a.glb"], Encoding.Latin1));
        var sidecar = JsonDocument.Parse(output).RootElement;
        Assert.Equal((0.001, 12.0, 8.0), (sidecar.GetProperty("depth16MetersPerUnit").GetDouble(), sidecar.GetProperty("principalPointXPixels").GetDouble(), sidecar.GetProperty("principalPointYPixels").GetDouble()));
        Assert.Equal(depth.Meters.ToArray().Count(meters => meters > 65.5355), sidecar.GetProperty("depth16SaturatedPixels").GetInt32());
    }

    [Fact]
    public void What_is_too_far_for_16_bits_is_counted()
    {
        // So long a lens that everything is at the farthest depth, 10 km.
        var (code, output, _) = PhotoFolder.Run("estimate", _folder.Photo("a.png"), "--output", _folder["depth"], "--format", "png16", "--focal-length", "100000000", "--threads", "1");

        Assert.Equal(ExitCode.Done, code);
        Assert.EndsWith($", {24 * 16} pixels too far for .depth16.png", output.TrimEnd());
        Assert.Equal(24 * 16, DepthSidecar.Read(_folder["depth/a.json"]).Depth16SaturatedPixels);
    }

    [Fact]
    public void A_large_photo_is_estimated_at_the_size_that_is_asked_for()
    {
        var (large, small) = (_folder.Photo("large.png", 48, 31), _folder.Photo("small.png", 24, 10));
        Photo.FromFile(large).ShrinkToFit(24).Save(_folder["by-hand.png"]);

        var code = PhotoFolder.Run("estimate", large, small, "--output", _folder["depth"], "--format", "npy,ply", "--max-size", "24", "--focal-length", "100").Code;
        PhotoFolder.Run("estimate", _folder["by-hand.png"], "--output", _folder["depth"], "--format", "npy", "--focal-length", "50");

        Assert.Equal(ExitCode.Done, code);
        var sidecar = DepthSidecar.Read(_folder["depth/large.json"]);
        Assert.Equal((24, 16, 48, 31, 50f), (sidecar.Width, sidecar.Height, sidecar.OriginalWidth, sidecar.OriginalHeight, sidecar.FocalLengthPixels));
        Assert.Equal(File.ReadAllBytes(_folder["depth/by-hand.npy"]), File.ReadAllBytes(_folder["depth/large.npy"]));
        sidecar = DepthSidecar.Read(_folder["depth/small.json"]);
        Assert.Equal((24, 10, null, 100f), (sidecar.Width, sidecar.Height, sidecar.OriginalWidth, sidecar.FocalLengthPixels));
    }
}
