using DepthPro.Formats;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class NpyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("depthpro-npy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(3, 2)]
    [InlineData(1, 1)]
    [InlineData(1234, 1)]
    public void Writes_what_numpy_reads(int width, int height)
    {
        float[] meters = [.. Enumerable.Range(0, width * height).Select(i => i % 5 == 4 ? float.NaN : i * 0.5f)];
        var path = Path.Combine(_folder, "depth.npy");
        Npy.Write(path, new DepthMap(width, height, meters, 100, FocalLengthSource.Given));
        var (values, shape) = Goldens.Npy(path);
        Assert.Equal([height, width], shape);
        Assert.Equal(meters, values);
        Assert.Equal(0, (new FileInfo(path).Length - meters.Length * sizeof(float)) % 64);
    }

    [Fact]
    public void Equals_what_numpy_writes_byte_for_byte()
    {
        var golden = Goldens.PathOf("micro", "a_200x150", "depth_fpx250.npy");
        var path = Path.Combine(_folder, "depth.npy");
        Npy.Write(path, new DepthMap(200, 150, Goldens.Npy(golden).Values, 250, FocalLengthSource.Given));
        Assert.Equal(File.ReadAllBytes(golden), File.ReadAllBytes(path));
    }

    [Fact]
    public void Replaces_a_file_and_leaves_nothing_beside_it()
    {
        var path = Path.Combine(_folder, "depth.npy");
        File.WriteAllText(path, "old");
        Npy.Write(path, new DepthMap(1, 1, [7], 100, FocalLengthSource.Given));
        Assert.Equal([7f], Goldens.Npy(path).Values);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Keeps_the_old_file_when_writing_fails()
    {
        var path = Path.Combine(_folder, "depth.npy");
        File.WriteAllText(path, "old");
        Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("disk full");
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Says_that_the_folder_is_missing() =>
        Assert.Throws<DirectoryNotFoundException>(() => Npy.Write(Path.Combine(_folder, "missing", "depth.npy"), new DepthMap(1, 1, [7], 100, FocalLengthSource.Given)));
}
