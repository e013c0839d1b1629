namespace DepthPro.Training.Scenes.Geometry;

/// <summary>A place and three unit axes at right angles: x right, y up, z forward.</summary>
internal readonly record struct Frame(Vec3 Origin, Vec3 Right, Vec3 Up, Vec3 Forward)
{
    public static Frame World { get; } = new(default, new(1, 0, 0), new(0, 1, 0), new(0, 0, 1));

    public Vec3 Point(double x, double y, double z) => Origin + Direction(x, y, z);

    public Vec3 Point(Vec3 local) => Point(local.X, local.Y, local.Z);

    public Vec3 Direction(double x, double y, double z) => Right * x + Up * y + Forward * z;

    public Vec3 ToLocal(Vec3 point)
    {
        var offset = point - Origin;
        return new(offset.Dot(Right), offset.Dot(Up), offset.Dot(Forward));
    }

    public Frame At(double x, double y, double z) => this with { Origin = Point(x, y, z) };

    /// <summary>Turned about its up axis, clockwise seen from above.</summary>
    public Frame Yawed(double degrees)
    {
        var (right, forward) = Turn(Right, Forward, degrees);
        return this with { Right = right, Forward = forward };
    }

    /// <summary>Turned about its right axis, forward upwards.</summary>
    public Frame Pitched(double degrees)
    {
        var (up, forward) = Turn(Up, Forward, degrees);
        return this with { Up = up, Forward = forward };
    }

    /// <summary>Turned about its forward axis, clockwise seen along it.</summary>
    public Frame Rolled(double degrees)
    {
        var (right, up) = Turn(Right, Up, degrees);
        return this with { Right = right, Up = up };
    }

    // The second axis turns towards the first, and the first away from the second.
    private static (Vec3 First, Vec3 Second) Turn(Vec3 first, Vec3 second, double degrees)
    {
        var (sin, cos) = Trigonometry.SinCos(degrees);
        return (first * cos - second * sin, second * cos + first * sin);
    }
}
