using DepthPro.Training.Scenes.Geometry;

namespace DepthPro.Training.Scenes.Surfaces;

/// <summary>A linear function of the ray's direction along a row of pixels.</summary>
internal readonly struct Line(Vec3 weights, Vec3 first, double step, int column)
{
    private readonly double _start = weights.Dot(first) + weights.X * step * column, _slope = weights.X * step;

    public double this[int x] => _start + _slope * x;
}
