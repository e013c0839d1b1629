using DepthPro.Training.Scenes.Geometry;

namespace DepthPro.Training.Scenes.Shading;

/// <summary>What is seen where nothing stands: a gradient, with clouds.</summary>
internal sealed record Sky(Color Horizon, Color Zenith, Color Clouds, float Cover, uint Seed)
{
    public Color At(Vec3 direction)
    {
        var unit = direction.Unit;
        var up = (float)Math.Clamp(unit.Y, 0, 1);
        var clear = Color.Mix(Horizon, Zenith, up * (2 - up));
        if (up < 0.02f || Cover <= 0) { return clear; }
        // Clouds lie in a plane overhead, and fade towards the horizon.
        var thickness = Noise.Clouds(unit.X / unit.Y, unit.Z / unit.Y, 0.5, Seed) - 1 + Cover;
        return Color.Mix(clear, Clouds, Math.Clamp(3 * thickness, 0, 1) * Math.Clamp(4 * up, 0, 1));
    }
}
