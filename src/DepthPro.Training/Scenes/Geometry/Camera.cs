namespace DepthPro.Training.Scenes.Geometry;

/// <summary>A pinhole camera; a light that casts shadows is one, too.</summary>
/// <remarks>In view coordinates x is right, y down and z forward, along the optical axis. The ray of a pixel has the direction (X, Y, 1), so that depth is
/// its length in units of the direction.</remarks>
/// <param name="Pose">Where it stands and looks.</param>
/// <param name="HalfWidth">Tangent of half the horizontal field of view: X of the picture's right edge.</param>
/// <param name="HalfHeight">Tangent of half the vertical field of view: Y of its lower edge.</param>
internal readonly record struct Camera(Frame Pose, double HalfWidth, double HalfHeight)
{
    public Vec3 ToView(Vec3 point) => DirectionToView(point - Pose.Origin);

    public Vec3 DirectionToView(Vec3 direction) => new(direction.Dot(Pose.Right), -direction.Dot(Pose.Up), direction.Dot(Pose.Forward));

    /// <summary>The ray's direction in the world.</summary>
    public Vec3 Ray(double x, double y) => Pose.Direction(x, -y, 1);
}
