using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Shading;

namespace DepthPro.Training.Scenes.Surfaces;

/// <summary>A piece of a scene that rays hit.</summary>
internal abstract class Surface(Material material)
{
    public Material Material => material;

    /// <summary>False for what encloses the scene or shines: it would keep the light out.</summary>
    public bool CastsShadow { get; init; } = true;

    /// <summary>Puts the surface where it is nearer than what the buffer holds.</summary>
    public abstract void Draw(DepthBuffer buffer, int index);

    /// <summary>Unit normal at a point of the surface; its sign is open.</summary>
    public abstract Vec3 NormalAt(Vec3 point);

    /// <summary>Metres in the surface's own axes, to which its texture is fixed; on a plane z is 0.</summary>
    public abstract Vec3 TextureAt(Vec3 point);
}
