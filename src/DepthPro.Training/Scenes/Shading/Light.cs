using DepthPro.Training.Scenes.Geometry;

namespace DepthPro.Training.Scenes.Shading;

/// <summary>The light that casts shadows: the sun, far off, or a lamp.</summary>
/// <param name="View">The camera whose view is lit: where it sees a surface first, there is light.</param>
/// <param name="Color">Its strength on a surface that faces it, at <paramref name="ReferenceMeters"/>.</param>
/// <param name="ReferenceMeters">A lamp's light falls with the square of the distance, softened within this; infinite for the sun.</param>
internal sealed record Light(Camera View, Color Color, double ReferenceMeters)
{
    // As far as the double's precision allows shadows to be exact to a millimetre, and far enough for nearly parallel rays.
    private const double SunMeters = 200;

    /// <summary>The sun; shadows fall within <paramref name="reach"/> of <paramref name="target"/>.</summary>
    public static Light Sun(Vec3 target, double azimuthDegrees, double elevationDegrees, double reach, Color color)
    {
        var pose = Frame.World.Yawed(azimuthDegrees).Pitched(-elevationDegrees);
        pose = pose with { Origin = target - pose.Forward * SunMeters };
        return new(new(pose, reach / SunMeters, reach / SunMeters), color, double.PositiveInfinity);
    }

    /// <summary>A lamp that shines downwards and casts shadows within <paramref name="spread"/> metres to each side for each metre down.</summary>
    public static Light Lamp(Vec3 at, double spread, Color color, double referenceMeters)
    {
        var pose = Frame.World.Pitched(-90) with { Origin = at };
        return new(new(pose, spread, spread), color, referenceMeters);
    }

    /// <summary>From a point towards the light, and its strength there.</summary>
    public (Vec3 Direction, float Strength) At(Vec3 point)
    {
        if (double.IsPositiveInfinity(ReferenceMeters)) { return (-View.Pose.Forward, 1); }
        var way = View.Pose.Origin - point;
        var squared = way.Dot(way);
        var reference = ReferenceMeters * ReferenceMeters;
        return (way / Math.Sqrt(squared), (float)(2 * reference / (reference + squared)));
    }
}
