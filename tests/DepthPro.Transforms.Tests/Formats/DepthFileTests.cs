using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class DepthFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_what_npy_writes()
    {
        float[] meters = [1, 0.5f, float.NaN, 0, float.PositiveInfinity, 7];
        Npy.Write(_folder["depth.npy"], new DepthMap(3, 2, meters, 100, FocalLengthSource.Given));

        var depth = DepthFile.Read(_folder["depth.npy"]);

        Assert.Equal((3, 2), (depth.Width, depth.Height));
        Assert.Equal(meters, depth.Meters.ToArray());
        Assert.Equal((float.NaN, FocalLengthSource.Unknown), (depth.FocalLengthPixels, depth.FocalLengthSource));
    }
}
