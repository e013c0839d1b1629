namespace DepthPro.Transforms.Tests.Features;

/// <summary>Depth maps of level ground as a tilted camera sees it, computed from the plane's equation.</summary>
internal static class GroundMaps
{
    /// <summary>The unit normal away from the camera, in its axes: x right, y down, z forward.</summary>
    public static (double X, double Y, double Z) Normal(double pitchDownDegrees, double rollDegrees)
    {
        var (pitch, roll) = (pitchDownDegrees * Math.PI / 180, rollDegrees * Math.PI / 180);
        return (Math.Sin(roll) * Math.Cos(pitch), Math.Cos(roll) * Math.Cos(pitch), Math.Sin(pitch));
    }

    /// <summary>Ground at <paramref name="height"/> below the camera; beyond <paramref name="farthest"/> metres, or above the horizon, a wall of that depth.</summary>
    public static DepthMap Of(int width, int rows, double focalLength, double height, double pitchDownDegrees, double rollDegrees = 0, double farthest = 40)
    {
        var normal = Normal(pitchDownDegrees, rollDegrees);
        var meters = new float[width * rows];
        for (var i = 0; i < meters.Length; i++)
        {
            var (x, y) = ((i % width + 0.5 - 0.5 * width) / focalLength, (i / width + 0.5 - 0.5 * rows) / focalLength);
            var towards = normal.X * x + normal.Y * y + normal.Z;
            meters[i] = (float)(towards * farthest > height ? height / towards : farthest);
        }
        return new(width, rows, meters, (float)focalLength, FocalLengthSource.Given);
    }

    /// <summary>The map with some of its pixels changed.</summary>
    public static DepthMap Change(DepthMap map, Func<int, float, float> change) =>
        new(map.Width, map.Height, [.. map.Meters.ToArray().Select((meters, i) => change(i, meters))], map.FocalLengthPixels, map.FocalLengthSource);

    /// <summary>The map with every pixel become a square of so many pixels a side, and its focal length as much longer.</summary>
    public static DepthMap Enlarge(DepthMap map, int factor)
    {
        var (width, height) = (factor * map.Width, factor * map.Height);
        return new(width, height, [.. Enumerable.Range(0, width * height).Select(i => map[i % width / factor, i / width / factor])], factor * map.FocalLengthPixels, map.FocalLengthSource);
    }
}
