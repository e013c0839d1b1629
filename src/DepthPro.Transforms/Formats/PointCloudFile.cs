using System.Buffers.Binary;
using System.Text;
using DepthPro.Formats;

namespace DepthPro;

/// <summary>Writes point clouds as PLY files: a point for each pixel of known depth, in the photo's colours. Thread-safe.</summary>
/// <remarks>Binary, little endian; metres from the camera in OpenCV's axes, x right, y down, z forward, which the file's header says too; three floats and
/// three bytes a point, from the photo's top left, row by row. Source: Turk, "The PLY Polygon File Format", 1994.</remarks>
public static class PointCloudFile
{
    private const int PointBytes = 3 * sizeof(float) + 3;

    /// <summary>Writes the points; a file at <paramref name="path"/> is replaced when the new one is complete.</summary>
    /// <param name="path">The .ply file.</param>
    /// <param name="depth">With a known focal length; what is not finite and above 0 is unknown and left out.</param>
    /// <param name="photo">As large as <paramref name="depth"/>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <returns>How many points there are; 0 where no depth is known, in a file without points.</returns>
    /// <exception cref="ArgumentException">The focal length is unknown, the sizes differ, or the options are out of range.</exception>
    /// <exception cref="IOException">The file cannot be written, or its folder does not exist (<see cref="DirectoryNotFoundException"/>); nothing of it is left.</exception>
    public static int Write(string path, DepthMap depth, Photo photo, PointCloudOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(depth);
        ArgumentNullException.ThrowIfNull(photo);
        options ??= new();
        options.Validate();
        var points = new CameraPoints(depth, photo, options.FarthestMeters, $"Point cloud '{path}'");
        var count = Count(points);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(Header(points, count));
            var row = new byte[points.Width * PointBytes];
            for (var y = 0; y < points.Height; y++) { stream.Write(row, 0, FillRow(points, photo, y, row)); }
        });
        return count;
    }

    private static int Count(CameraPoints points)
    {
        var count = 0;
        for (var y = 0; y < points.Height; y++)
        {
            for (var x = 0; x < points.Width; x++) { count += float.IsNaN(points.At(x, y).Z) ? 0 : 1; }
        }
        return count;
    }

    private static int FillRow(CameraPoints points, Photo photo, int y, byte[] row)
    {
        var bytes = 0;
        for (var x = 0; x < points.Width; x++)
        {
            var point = points.At(x, y);
            if (float.IsNaN(point.Z)) { continue; }
            var target = row.AsSpan(bytes, PointBytes);
            BinaryPrimitives.WriteSingleLittleEndian(target, point.X);
            BinaryPrimitives.WriteSingleLittleEndian(target[4..], point.Y);
            BinaryPrimitives.WriteSingleLittleEndian(target[8..], point.Z);
            photo.Rgb.Slice(3 * (y * points.Width + x), 3).CopyTo(target[12..]);
            bytes += PointBytes;
        }
        return bytes;
    }

    private static byte[] Header(CameraPoints points, int count) => Encoding.ASCII.GetBytes(FormattableString.Invariant($"""
        ply
        format binary_little_endian 1.0
        comment metres from the camera, OpenCV camera axes: x right, y down, z forward
        comment photo of {points.Width} x {points.Height} pixels, focal length {points.FocalLengthPixels:r} pixels ({points.FocalLengthSource.ToText()}), principal point {points.Width / 2.0:r} {points.Height / 2.0:r} from its top left corner
        element vertex {count}
        property float x
        property float y
        property float z
        property uchar red
        property uchar green
        property uchar blue
        end_header

        """).ReplaceLineEndings("\n"));
}
