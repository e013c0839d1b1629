namespace DepthPro.Training.Scenes.Geometry;

/// <summary>Three numbers in double precision. System.Numerics.Vector3 may sum in another order on another machine.</summary>
internal readonly record struct Vec3(double X, double Y, double Z)
{
    public static Vec3 operator +(Vec3 a, Vec3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vec3 operator -(Vec3 a, Vec3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vec3 operator -(Vec3 a) => new(-a.X, -a.Y, -a.Z);

    public static Vec3 operator *(Vec3 a, double scale) => new(a.X * scale, a.Y * scale, a.Z * scale);

    public static Vec3 operator /(Vec3 a, double divisor) => a * (1 / divisor);

    public double Dot(Vec3 b) => X * b.X + Y * b.Y + Z * b.Z;

    public Vec3 Cross(Vec3 b) => new(Y * b.Z - Z * b.Y, Z * b.X - X * b.Z, X * b.Y - Y * b.X);

    public double Length => Math.Sqrt(Dot(this));

    public Vec3 Unit => this / Length;

    /// <summary>Not the record's own, which would print <see cref="Unit"/>, and its unit, and so on.</summary>
    public override string ToString() => FormattableString.Invariant($"({X}, {Y}, {Z})");

    /// <summary>Some unit vector at right angles to this one.</summary>
    public Vec3 Perpendicular() => Cross(Math.Abs(Y) < 0.9 * Length ? new(0, 1, 0) : new(1, 0, 0)).Unit;
}
