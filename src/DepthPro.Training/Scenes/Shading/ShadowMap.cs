using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Surfaces;

namespace DepthPro.Training.Scenes.Shading;

/// <summary>What a light sees: the same drawing as the camera's, from the light. One thread at a time.</summary>
internal sealed class ShadowMap
{
    private const int Size = 192;

    private readonly DepthBuffer _seen;

    public ShadowMap(Light light, IReadOnlyList<Surface> surfaces)
    {
        _seen = new(light.View, Size, Size);
        for (var i = 0; i < surfaces.Count; i++)
        {
            if (surfaces[i].CastsShadow) { surfaces[i].Draw(_seen, i); }
        }
    }

    /// <summary>Share of the light that reaches a point, between its four nearest rays; 1 outside what the light's camera sees.</summary>
    public float LightAt(Vec3 point, Vec3 normal)
    {
        var distance = _seen.Camera.ToView(point).Z;
        if (distance <= 0) { return 1; }
        // A surface must not shade itself between two rays: the point is lifted by a ray's width.
        var margin = 0.01 + 1.5 * _seen.StepX * distance;
        var lifted = _seen.Camera.ToView(point + normal * margin);
        if (lifted.Z <= 0) { return 1; }
        var inverse = 1 / lifted.Z;
        var (x, y) = ((lifted.X * inverse + _seen.Camera.HalfWidth) / _seen.StepX - 0.5, (lifted.Y * inverse + _seen.Camera.HalfHeight) / _seen.StepY - 0.5);
        if (!(x >= 0 && y >= 0 && x < Size - 1 && y < Size - 1)) { return 1; }
        var (column, row) = ((int)x, (int)y);
        var (fx, fy) = ((float)(x - column), (float)(y - row));
        var nearer = (float)(1 / Math.Max(lifted.Z - margin, 1e-3));
        var (at, depths) = (row * Size + column, _seen.InverseDepth);
        var upper = Lit(depths[at]) + (Lit(depths[at + 1]) - Lit(depths[at])) * fx;
        var lower = Lit(depths[at + Size]) + (Lit(depths[at + Size + 1]) - Lit(depths[at + Size])) * fx;
        return upper + (lower - upper) * fy;

        float Lit(float first) => first > nearer ? 0 : 1;
    }
}
