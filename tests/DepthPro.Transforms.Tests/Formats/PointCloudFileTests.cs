using System.Buffers.Binary;
using System.Text;
using DepthPro.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class PointCloudFileTests : IDisposable
{
    private const int PointBytes = 15;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_the_header_and_the_points_that_are_known()
    {
        var depth = new DepthMap(2, 2, [2, float.NaN, 0, 4], 10, FocalLengthSource.Given);

        var count = PointCloudFile.Write(_folder["a.ply"], depth, Photo.FromPixels(2, 2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));

        Assert.Equal(2, count);
        byte[] expected =
        [
            .. "ply\nformat binary_little_endian 1.0\n"u8,
            .. "comment metres from the camera, OpenCV camera axes: x right, y down, z forward\n"u8,
            .. "comment photo of 2 x 2 pixels, focal length 10 pixels (given), principal point 1 1 from its top left corner\n"u8,
            .. "element vertex 2\nproperty float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\nend_header\n"u8,
            .. Floats(-0.1f, -0.1f, 2), 1, 2, 3,
            .. Floats(0.2f, 0.2f, 4), 10, 11, 12,
        ];
        Assert.Equal(Encoding.Latin1.GetString(expected), Encoding.Latin1.GetString(File.ReadAllBytes(_folder["a.ply"])));
    }

    [Fact]
    public void Each_point_is_seen_at_its_pixel() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(AnyDepth.Maps), depth =>
    {
        var photo = AnyDepth.PhotoOf(depth);
        var count = PointCloudFile.Write(_folder["a.ply"], depth, photo);

        var points = Points(File.ReadAllBytes(_folder["a.ply"]), count);

        // A naive twin.
        List<(int X, int Y)> known = [.. from y in Enumerable.Range(0, depth.Height) from x in Enumerable.Range(0, depth.Width) where IsPoint(depth, x, y) select (x, y)];
        Assert.Equal(known.Count, count);
        foreach (var ((x, y), point) in known.Zip(points))
        {
            Assert.Equal(depth[x, y], point.Z);
            Assert.Equal(photo.Rgb.Slice(3 * (y * depth.Width + x), 3).ToArray(), point.Color);
            if (point.Z < 1e-30f) { continue; } // so near that a float holds no fractions of it
            Assert.Equal(x + 0.5, point.X / point.Z * depth.FocalLengthPixels + depth.Width / 2.0, 1e-2);
            Assert.Equal(y + 0.5, point.Y / point.Z * depth.FocalLengthPixels + depth.Height / 2.0, 1e-2);
        }
    }));

    [Fact]
    public void Leaves_out_what_is_too_far()
    {
        var depth = new DepthMap(3, 1, [1, 2, 3], 10, FocalLengthSource.Given);

        Assert.Equal(2, PointCloudFile.Write(_folder["a.ply"], depth, AnyDepth.PhotoOf(depth), new() { FarthestMeters = 2 }));
        Assert.Equal([1, 2], Points(File.ReadAllBytes(_folder["a.ply"]), 2).Select(point => (int)point.Z));
    }

    [Fact]
    public void Writes_no_points_where_nothing_is_known()
    {
        var depth = new DepthMap(1, 1, [float.NaN], 10, FocalLengthSource.Given);

        Assert.Equal(0, PointCloudFile.Write(_folder["a.ply"], depth, AnyDepth.PhotoOf(depth)));
        Assert.Contains("element vertex 0\n", File.ReadAllText(_folder["a.ply"]));
        Assert.EndsWith("end_header\n", File.ReadAllText(_folder["a.ply"]));
    }

    [Fact]
    public void Refuses_what_gives_no_points()
    {
        var (depth, photo) = (new DepthMap(2, 1, [1, 2], float.NaN, FocalLengthSource.Unknown), Photo.FromPixels(2, 1, new byte[6], "p.jpg"));

        Assert.Contains($"Point cloud '{_folder["a.ply"]}' cannot be made: the depth map's focal length is unknown", Assert.Throws<ArgumentException>(() => PointCloudFile.Write(_folder["a.ply"], depth, photo)).Message);
        var other = new DepthMap(1, 2, [1, 2], 10, FocalLengthSource.Given);
        Assert.Contains("photo 'p.jpg' is 2 x 1 pixels and the depth map 1 x 2; expected the same size", Assert.Throws<ArgumentException>(() => PointCloudFile.Write(_folder["a.ply"], other, photo)).Message);
        Assert.Contains("FarthestMeters is NaN; expected metres above 0", Assert.Throws<ArgumentOutOfRangeException>(() => PointCloudFile.Write(_folder["a.ply"], other, photo, new() { FarthestMeters = float.NaN })).Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Nothing_is_left_where_it_cannot_be_written()
    {
        var depth = new DepthMap(1, 1, [1], 10, FocalLengthSource.Given);
        Directory.CreateDirectory(_folder["a.ply"]);

        Assert.ThrowsAny<IOException>(() => PointCloudFile.Write(_folder["a.ply"], depth, AnyDepth.PhotoOf(depth)));

        Assert.Equal([_folder["a.ply"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    private static bool IsPoint(DepthMap depth, int x, int y)
    {
        var meters = depth[x, y];
        var farther = Math.Max(Math.Abs(x + 0.5 - depth.Width / 2.0), Math.Abs(y + 0.5 - depth.Height / 2.0)) / depth.FocalLengthPixels * meters;
        return float.IsFinite(meters) && meters > 0 && float.IsFinite((float)farther);
    }

    private static List<(float X, float Y, float Z, byte[] Color)> Points(byte[] file, int count)
    {
        var start = Encoding.Latin1.GetString(file).IndexOf("end_header\n", StringComparison.Ordinal) + "end_header\n".Length;
        Assert.Equal(count * PointBytes, file.Length - start);
        float At(int at) => BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(at));
        return [.. Enumerable.Range(0, count).Select(i => start + i * PointBytes).Select(at => (At(at), At(at + 4), At(at + 8), file[(at + 12)..(at + 15)]))];
    }

    private static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
