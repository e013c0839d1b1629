using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Surfaces;

namespace DepthPro.Training.Scenes.Shading;

/// <summary>Gives each pixel its colour, once it is known what it sees.</summary>
internal sealed class Shader(IReadOnlyList<Surface> surfaces, Atmosphere air, DepthBuffer buffer)
{
    // Below this cosine a pixel's footprint is taken as no longer growing.
    private const double GrazingCosine = 0.1;

    private readonly ShadowMap _shadows = new(air.Light, surfaces);

    /// <summary>Linear light, (Height, Width, 3).</summary>
    public float[] Shade()
    {
        var rgb = GC.AllocateUninitializedArray<float>(buffer.InverseDepth.Length * 3);
        for (var row = 0; row < buffer.Height; row++)
        {
            for (var column = 0; column < buffer.Width; column++)
            {
                var pixel = row * buffer.Width + column;
                var ray = buffer.Camera.Ray(buffer.X(column), buffer.Y(row));
                var color = buffer.InverseDepth[pixel] is > 0 and var inverse ? Hit(surfaces[buffer.Surface[pixel]], ray, inverse) : air.Sky.At(ray);
                (rgb[3 * pixel], rgb[3 * pixel + 1], rgb[3 * pixel + 2]) = (color.R, color.G, color.B);
            }
        }
        return rgb;
    }

    private Color Hit(Surface surface, Vec3 ray, float inverse)
    {
        var point = buffer.Camera.Pose.Origin + ray / inverse;
        var length = ray.Length;
        var distance = length / inverse;
        var towardsCamera = ray / -length;
        var normal = surface.NormalAt(point);
        var facing = normal.Dot(towardsCamera);
        if (facing < 0) { (normal, facing) = (-normal, -facing); }

        var footprint = distance * buffer.StepX / Math.Max(facing, GrazingCosine);
        var material = surface.Material;
        var albedo = material.At(surface.TextureAt(point), footprint);
        var light = Color.Mix(air.AmbientBelow, air.AmbientAbove, (float)(0.5 + 0.5 * normal.Y)) * (1 + material.Glow);
        var shine = 0f;
        var (towardsLight, strength) = air.Light.At(point);
        var incidence = (float)normal.Dot(towardsLight);
        if (incidence > 0 && (strength *= _shadows.LightAt(point, normal)) > 0)
        {
            light += air.Light.Color * (strength * incidence);
            shine = material.Gloss == 0 ? 0 : material.Gloss * strength * Highlight(normal.Dot((towardsLight + towardsCamera).Unit));
        }
        var color = albedo * light + air.Light.Color * shine;
        return air.FogPerMeter == 0 ? color : Color.Mix(air.Sky.Horizon, color, Attenuation.Of(distance * air.FogPerMeter));
    }

    // Blinn's highlight with exponent 32.
    private static float Highlight(double cosine)
    {
        if (cosine <= 0) { return 0; }
        for (var squaring = 0; squaring < 5; squaring++) { cosine *= cosine; }
        return (float)cosine;
    }
}
