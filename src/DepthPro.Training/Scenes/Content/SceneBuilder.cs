using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Shading;
using DepthPro.Training.Scenes.Surfaces;

namespace DepthPro.Training.Scenes.Content;

/// <summary>Collects surfaces; makes bodies of them. Not thread-safe.</summary>
internal sealed class SceneBuilder(SeededRandom random)
{
    private readonly List<Surface> _surfaces = [];

    public SeededRandom Random => random;

    public Palette Palette { get; } = new(random);

    public IReadOnlyList<Surface> Surfaces => _surfaces;

    public void Add(Surface surface) => _surfaces.Add(surface);

    /// <summary>A closed box; <paramref name="at"/> is the middle of its base.</summary>
    public void Box(Frame at, double width, double height, double depth, Material material)
    {
        var (x, z) = (width / 2, depth / 2);
        var (across, up, along) = (at.Right * width, at.Up * height, at.Forward * depth);
        void Side(Vec3 corner, Vec3 u, Vec3 v) => Add(new Patch(corner, u, v, material) { IsClosed = true });
        Side(at.Point(x, 0, -z), -across, up);
        Side(at.Point(-x, 0, z), across, up);
        Side(at.Point(x, 0, z), -along, up);
        Side(at.Point(-x, 0, -z), along, up);
        Side(at.Point(-x, height, -z), along, across);
        Side(at.Point(-x, 0, -z), across, along);
    }

    /// <summary>A box between two corners in the frame's axes.</summary>
    public void Box(Frame at, Vec3 low, Vec3 high, Material material) =>
        Box(at.At((low.X + high.X) / 2, low.Y, (low.Z + high.Z) / 2), high.X - low.X, high.Y - low.Y, high.Z - low.Z, material);

    /// <summary>An upright rectangle in the frame's plane of right and up, centred over its origin.</summary>
    public void Panel(Frame at, double width, double height, Material material) =>
        Add(new Patch(at.Point(-width / 2, 0, 0), at.Right * width, at.Up * height, material));

    public void Ball(Frame at, Vec3 radii, Material material) => Add(new Ellipsoid(at, radii, material));

    public void Sphere(Frame at, double radius, Material material) => Ball(at, new(radius, radius, radius), material);

    /// <summary>A cylinder, cone or stump with closed ends.</summary>
    public void Column(Vec3 from, Vec3 to, double lowerRadius, double upperRadius, Material material)
    {
        Rod(from, to, lowerRadius, upperRadius, material);
        Lid(from, from - to, lowerRadius, material);
        Lid(to, to - from, upperRadius, material);
    }

    /// <summary>Like a column, open at the ends: for what is too thin for them to show, or where they are covered.</summary>
    public void Rod(Vec3 from, Vec3 to, double lowerRadius, double upperRadius, Material material) =>
        Add(new Frustum(from, to, lowerRadius, upperRadius, material));

    /// <summary>An elliptic disc between the tips of two axes at right angles.</summary>
    public void Disc(Vec3 middle, Vec3 halfU, Vec3 halfV, Material material) =>
        Add(new Patch(middle - halfU - halfV, halfU * 2, halfV * 2, material) { Shape = PatchShape.Ellipse });

    private void Lid(Vec3 middle, Vec3 outwards, double radius, Material material)
    {
        if (radius == 0) { return; }
        var u = outwards.Perpendicular();
        var v = outwards.Unit.Cross(u);
        Add(new Patch(middle - (u + v) * radius, u * (2 * radius), v * (2 * radius), material) { Shape = PatchShape.Ellipse, IsClosed = true });
    }
}
