using DepthPro.Training.Scenes.Geometry;

namespace DepthPro.Training.Scenes.Surfaces;

/// <summary>What a camera sees at each pixel's centre: the nearest surface and its inverse depth. One thread at a time.</summary>
internal sealed class DepthBuffer(Camera camera, int width, int height)
{
    public Camera Camera => camera;

    public int Width => width;

    public int Height => height;

    /// <summary>1/m; 0 where there is only sky.</summary>
    public float[] InverseDepth { get; } = new float[width * height];

    /// <summary>Index of the surface; meaningless under sky.</summary>
    public int[] Surface { get; } = new int[width * height];

    /// <summary>X of a ray from one pixel to the next.</summary>
    public double StepX { get; } = 2 * camera.HalfWidth / width;

    /// <summary>Y of a ray from one row to the next.</summary>
    public double StepY { get; } = 2 * camera.HalfHeight / height;

    public double X(int column) => (column + 0.5) * StepX - camera.HalfWidth;

    public double Y(int row) => (row + 0.5) * StepY - camera.HalfHeight;

    /// <summary>The pixels between the corners of a convex hull in view coordinates, or all when it reaches behind the camera; none when it lies there.</summary>
    public PixelRectangle Bounds(ReadOnlySpan<Vec3> hull)
    {
        // Nothing is put nearer than this; what is smaller would only be divided by badly.
        const double Near = 1e-3;
        var (left, top, right, bottom, behind) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue, 0);
        foreach (var corner in hull)
        {
            if (corner.Z < Near) { behind++; continue; }
            var (x, y) = (corner.X / corner.Z, corner.Y / corner.Z);
            (left, right) = (Math.Min(left, x), Math.Max(right, x));
            (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
        }
        if (behind == hull.Length) { return default; }
        if (behind > 0) { return new(0, 0, width, height); }
        return new(
            Index((left + camera.HalfWidth) / StepX, 0, width), Index((top + camera.HalfHeight) / StepY, 0, height),
            Index((right + camera.HalfWidth) / StepX, 1, width), Index((bottom + camera.HalfHeight) / StepY, 1, height));
    }

    private static int Index(double position, int end, int size) => (int)Math.Clamp(Math.Floor(position) + end, 0, size);
}
