namespace DepthPro.Training.Scenes.Geometry;

/// <summary>A symmetric 3 x 3 matrix: the quadratic form of a surface.</summary>
internal readonly record struct Symmetric(double XX, double YY, double ZZ, double XY, double XZ, double YZ)
{
    public static Symmetric Identity { get; } = new(1, 1, 1, 0, 0, 0);

    /// <summary>v times its transpose.</summary>
    public static Symmetric Square(Vec3 v) => new(v.X * v.X, v.Y * v.Y, v.Z * v.Z, v.X * v.Y, v.X * v.Z, v.Y * v.Z);

    public static Symmetric operator +(Symmetric a, Symmetric b) =>
        new(a.XX + b.XX, a.YY + b.YY, a.ZZ + b.ZZ, a.XY + b.XY, a.XZ + b.XZ, a.YZ + b.YZ);

    public static Symmetric operator -(Symmetric a, Symmetric b) => a + b * -1;

    public static Symmetric operator *(Symmetric a, double scale) =>
        new(a.XX * scale, a.YY * scale, a.ZZ * scale, a.XY * scale, a.XZ * scale, a.YZ * scale);

    public static Vec3 operator *(Symmetric a, Vec3 v) =>
        new(a.XX * v.X + a.XY * v.Y + a.XZ * v.Z, a.XY * v.X + a.YY * v.Y + a.YZ * v.Z, a.XZ * v.X + a.YZ * v.Y + a.ZZ * v.Z);
}
