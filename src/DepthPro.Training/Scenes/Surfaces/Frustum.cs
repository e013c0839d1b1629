using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Shading;

namespace DepthPro.Training.Scenes.Surfaces;

/// <summary>The side of a cylinder, cone or stump of one; open at both ends.</summary>
/// <param name="from">Middle of the lower end.</param>
/// <param name="to">Middle of the upper end.</param>
/// <param name="lowerRadius">Metres.</param>
/// <param name="upperRadius">Metres; 0 for a cone.</param>
/// <param name="material">What it looks like.</param>
internal sealed class Frustum(Vec3 from, Vec3 to, double lowerRadius, double upperRadius, Material material) : Surface(material)
{
    private readonly Vec3 _axis = (to - from).Unit;
    private readonly double _length = (to - from).Length;

    public Vec3 From => from;

    public Vec3 To => to;

    public double LowerRadius => lowerRadius;

    public double UpperRadius => upperRadius;

    private double Slope => (upperRadius - lowerRadius) / _length;

    /// <remarks>With q = p - from and s = axis . q the side is q . q - s² = (lowerRadius + slope s)².</remarks>
    public override void Draw(DepthBuffer buffer, int index)
    {
        var camera = buffer.Camera;
        var (start, axis) = (camera.ToView(from), camera.DirectionToView(_axis));
        var g = Symmetric.Identity - Symmetric.Square(axis) * (1 + Slope * Slope);
        var tilt = axis * (lowerRadius * Slope);
        var quadric = new Quadric(g, -(g * start) - tilt, start.Dot(g * start) + 2 * tilt.Dot(start) - lowerRadius * lowerRadius)
        {
            Axis = axis,
            Slab = new(axis.Dot(start), axis.Dot(start) + _length),
        };
        var a = axis.Perpendicular();
        var (b, end) = (axis.Cross(a), start + axis * _length);
        var (lowA, lowB, highA, highB) = (a * lowerRadius, b * lowerRadius, a * upperRadius, b * upperRadius);
        var bounds = buffer.Bounds([start + lowA + lowB, start + lowA - lowB, start - lowA + lowB, start - lowA - lowB, end + highA + highB, end + highA - highB, end - highA + highB, end - highA - highB]);
        quadric.Draw(buffer, bounds, index);
    }

    public override Vec3 NormalAt(Vec3 point)
    {
        var offset = point - from;
        var along = offset.Dot(_axis);
        return (offset - _axis * (along + Slope * (lowerRadius + Slope * along))).Unit;
    }

    public override Vec3 TextureAt(Vec3 point)
    {
        var right = _axis.Perpendicular();
        var offset = point - from;
        return new(offset.Dot(right), offset.Dot(_axis), offset.Dot(_axis.Cross(right)));
    }
}
