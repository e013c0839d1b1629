using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Shading;

namespace DepthPro.Training.Scenes.Surfaces;

/// <summary>A ball, stretched along its frame's axes.</summary>
/// <param name="at">Its middle and axes.</param>
/// <param name="radii">Along right, up and forward; metres.</param>
/// <param name="material">What it looks like.</param>
internal sealed class Ellipsoid(Frame at, Vec3 radii, Material material) : Surface(material)
{
    public Frame At => at;

    public Vec3 Radii => radii;

    public override void Draw(DepthBuffer buffer, int index)
    {
        var camera = buffer.Camera;
        var middle = camera.ToView(at.Origin);
        var (right, up, forward) = (camera.DirectionToView(at.Right), camera.DirectionToView(at.Up), camera.DirectionToView(at.Forward));
        var g = Symmetric.Square(right / radii.X) + Symmetric.Square(up / radii.Y) + Symmetric.Square(forward / radii.Z);
        var (a, b, c) = (right * radii.X, up * radii.Y, forward * radii.Z);
        var bounds = buffer.Bounds([middle + a + b + c, middle + a + b - c, middle + a - b + c, middle + a - b - c, middle - a + b + c, middle - a + b - c, middle - a - b + c, middle - a - b - c]);
        new Quadric(g, -(g * middle), middle.Dot(g * middle) - 1).Draw(buffer, bounds, index);
    }

    public override Vec3 NormalAt(Vec3 point)
    {
        var local = at.ToLocal(point);
        return at.Direction(local.X / (radii.X * radii.X), local.Y / (radii.Y * radii.Y), local.Z / (radii.Z * radii.Z)).Unit;
    }

    public override Vec3 TextureAt(Vec3 point) => at.ToLocal(point);
}
