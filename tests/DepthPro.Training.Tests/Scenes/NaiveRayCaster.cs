using DepthPro.Training.Scenes;
using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Surfaces;

namespace DepthPro.Training.Tests.Scenes;

/// <summary>Depth by the book: for each pixel a ray in the world, for each surface the distance along it, the smallest of all.</summary>
internal static class NaiveRayCaster
{
    public static double[] Cast(Scene scene, int width, int height, double aspectRatio)
    {
        // The camera as its documentation tells: yaw 0, pitch upwards, then roll clockwise about the optical axis.
        var (pitch, roll, half) = (Radians(scene.PitchDegrees), Radians(scene.RollDegrees), Math.Tan(Radians(scene.FieldOfViewDegrees) / 2));
        var eye = new Vec3(0, scene.CameraHeightMeters, 0);
        var forward = new Vec3(0, Math.Sin(pitch), Math.Cos(pitch));
        var (level, upright) = (new Vec3(1, 0, 0), new Vec3(0, Math.Cos(pitch), -Math.Sin(pitch)));
        var right = level * Math.Cos(roll) - upright * Math.Sin(roll);
        var up = upright * Math.Cos(roll) + level * Math.Sin(roll);

        var depths = new double[width * height];
        for (var i = 0; i < depths.Length; i++)
        {
            var (x, y) = ((2 * (i % width + 0.5) / width - 1) * half, (2 * (i / width + 0.5) / height - 1) * half / aspectRatio);
            var ray = forward + right * x - up * y;
            depths[i] = Math.Min(scene.Surfaces.Min(surface => Distance(surface, eye, ray)), 1e4);
        }
        return depths;
    }

    private static double Distance(Surface surface, Vec3 eye, Vec3 ray) => surface switch
    {
        Patch patch => ToPatch(patch, eye, ray),
        Ellipsoid ellipsoid => ToEllipsoid(ellipsoid, eye, ray),
        Frustum frustum => ToFrustum(frustum, eye, ray),
        _ => throw new NotSupportedException($"{surface.GetType()} has no twin here."),
    };

    private static double ToPatch(Patch patch, Vec3 eye, Vec3 ray)
    {
        var normal = patch.U.Cross(patch.V);
        var t = (patch.Corner - eye).Dot(normal) / ray.Dot(normal);
        var local = eye + ray * t - patch.Corner;
        var (a, b) = (local.Dot(patch.U) / patch.U.Dot(patch.U), local.Dot(patch.V) / patch.V.Dot(patch.V));
        var hit = patch.Shape switch
        {
            PatchShape.Rectangle => a is >= 0 and <= 1 && b is >= 0 and <= 1,
            PatchShape.Triangle => a >= 0 && b >= 0 && a + b <= 1,
            _ => Math.Pow(a - 0.5, 2) + Math.Pow(b - 0.5, 2) <= 0.25,
        };
        return t > 0 && hit ? t : double.PositiveInfinity;
    }

    private static double ToEllipsoid(Ellipsoid ellipsoid, Vec3 eye, Vec3 ray)
    {
        // In the ball's own axes, scaled to radius 1.
        Vec3 Scaled(Vec3 v) => new(v.Dot(ellipsoid.At.Right) / ellipsoid.Radii.X, v.Dot(ellipsoid.At.Up) / ellipsoid.Radii.Y, v.Dot(ellipsoid.At.Forward) / ellipsoid.Radii.Z);
        var (from, along) = (Scaled(eye - ellipsoid.At.Origin), Scaled(ray));
        return Roots(along.Dot(along), 2 * from.Dot(along), from.Dot(from) - 1).Where(t => t > 0).DefaultIfEmpty(double.PositiveInfinity).Min();
    }

    private static double ToFrustum(Frustum frustum, Vec3 eye, Vec3 ray)
    {
        var length = (frustum.To - frustum.From).Length;
        var axis = (frustum.To - frustum.From) * (1 / length);
        var slope = (frustum.UpperRadius - frustum.LowerRadius) / length;
        var from = eye - frustum.From;
        var (s0, s1) = (from.Dot(axis), ray.Dot(axis));
        var (side0, side1) = (from - axis * s0, ray - axis * s1);
        var (r0, r1) = (frustum.LowerRadius + slope * s0, slope * s1);
        return Roots(side1.Dot(side1) - r1 * r1, 2 * (side0.Dot(side1) - r0 * r1), side0.Dot(side0) - r0 * r0)
            .Where(t => t > 0 && s0 + s1 * t >= 0 && s0 + s1 * t <= length).DefaultIfEmpty(double.PositiveInfinity).Min();
    }

    private static double[] Roots(double a, double b, double c)
    {
        var discriminant = b * b - 4 * a * c;
        return discriminant < 0 ? [] : [(-b - Math.Sqrt(discriminant)) / (2 * a), (-b + Math.Sqrt(discriminant)) / (2 * a)];
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
