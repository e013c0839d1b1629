using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Shading;

namespace DepthPro.Training.Scenes.Surfaces;

/// <summary>A rectangle, or an ellipse or triangle in it: walls, sides of boxes, leaves, gables. Both sides show.</summary>
/// <param name="corner">One corner.</param>
/// <param name="u">The side from there along the texture's x.</param>
/// <param name="v">The side from there along the texture's y, at right angles to u.</param>
/// <param name="material">What it looks like.</param>
internal sealed class Patch(Vec3 corner, Vec3 u, Vec3 v, Material material) : Surface(material)
{
    private readonly Vec3 _normal = u.Cross(v).Unit, _alongU = u.Unit, _alongV = v.Unit;

    public Vec3 Corner => corner;

    public Vec3 U => u;

    public Vec3 V => v;

    public PatchShape Shape { get; init; }

    /// <summary>Side of a closed body whose outside is where u x v points: hidden from behind, so not worth drawing.</summary>
    public bool IsClosed { get; init; }

    public override Vec3 NormalAt(Vec3 point) => _normal;

    public override Vec3 TextureAt(Vec3 point) => new((point - corner).Dot(_alongU), (point - corner).Dot(_alongV), 0);

    /// <remarks>On a ray d = (X, Y, 1) the plane has inverse depth w = d . n / o . n, linear in X and Y; so are w times the position along u and v.</remarks>
    public override void Draw(DepthBuffer buffer, int index)
    {
        if (IsClosed && _normal.Dot(corner - buffer.Camera.Pose.Origin) >= 0) { return; }
        var camera = buffer.Camera;
        var (o, uView, vView) = (camera.ToView(corner), camera.DirectionToView(u), camera.DirectionToView(v));
        var bounds = buffer.Bounds([o, o + uView, o + vView, o + uView + vView]);
        var n = uView.Cross(vView);
        var distance = n.Dot(o);
        if (distance == 0) { return; } // seen from its own plane

        var inverse = n / distance;
        var dualU = vView.Cross(n) / n.Dot(n);
        var dualV = n.Cross(uView) / n.Dot(n);
        var (alongU, alongV) = (dualU - inverse * dualU.Dot(o), dualV - inverse * dualV.Dot(o));
        for (var row = bounds.Top; row < bounds.Bottom; row++)
        {
            Vec3 first = new(buffer.X(0), buffer.Y(row), 1);
            var line = (row * buffer.Width)..((row + 1) * buffer.Width);
            var depths = buffer.InverseDepth.AsSpan(line)[bounds.Left..bounds.Right];
            var surfaces = buffer.Surface.AsSpan(line)[bounds.Left..bounds.Right];
            var w = new Line(inverse, first, buffer.StepX, bounds.Left);
            var a = new Line(alongU, first, buffer.StepX, bounds.Left);
            var b = new Line(alongV, first, buffer.StepX, bounds.Left);
            for (var x = 0; x < depths.Length; x++)
            {
                var depth = w[x];
                if ((float)depth <= depths[x] || !Covers(a[x], b[x], depth)) { continue; }
                (depths[x], surfaces[x]) = ((float)depth, index);
            }
        }
    }

    // The position along u and v, and the far ends, all times the inverse depth.
    private bool Covers(double alongU, double alongV, double end)
    {
        switch (Shape)
        {
            case PatchShape.Rectangle: return alongU >= 0 && alongV >= 0 && alongU <= end && alongV <= end;
            case PatchShape.Triangle: return alongU >= 0 && alongV >= 0 && alongU + alongV <= end;
            default:
                var (fromMiddleU, fromMiddleV) = (2 * alongU - end, 2 * alongV - end);
                return fromMiddleU * fromMiddleU + fromMiddleV * fromMiddleV <= end * end;
        }
    }
}
