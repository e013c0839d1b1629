using DepthPro.Training.Scenes.Geometry;

namespace DepthPro.Training.Scenes.Surfaces;

/// <summary>The points p, in view coordinates, with p . (G p) + 2 g . p + constant = 0; negative inside. Optionally only those between two planes.</summary>
/// <remarks>With p = d / w the equation divided by depth squared is constant w² + 2 (g . d) w + d . (G d) = 0, of which both roots are
/// L(d) +- sqrt(Q(d)) with L linear and Q quadratic in d: a row of pixels costs a parabola and a square root each.</remarks>
internal readonly record struct Quadric(Symmetric G, Vec3 Gradient, double Constant)
{
    /// <summary>Both planes' normal.</summary>
    public Vec3 Axis { get; init; }

    /// <summary>Where along <see cref="Axis"/> the part begins and ends.</summary>
    public Interval Slab { get; init; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Puts the surface into the buffer where it is nearer.</summary>
    public void Draw(DepthBuffer buffer, PixelRectangle bounds, int index)
    {
        if (Constant == 0) { return; } // the camera stands on the surface
        var linear = -Gradient / Constant;
        var squared = (Symmetric.Square(Gradient) - G * Constant) * (1 / (Constant * Constant));
        for (var row = bounds.Top; row < bounds.Bottom; row++)
        {
            Vec3 first = new(buffer.X(bounds.Left), buffer.Y(row), 1);
            var start = row * buffer.Width;
            var depths = buffer.InverseDepth.AsSpan(start + bounds.Left, bounds.Right - bounds.Left);
            var surfaces = buffer.Surface.AsSpan(start + bounds.Left, depths.Length);
            var l = new Line(linear, first, buffer.StepX, 0);
            var along = new Line(Axis, first, buffer.StepX, 0);
            var half = squared * first;
            var (q0, q1, q2) = (half.Dot(first), 2 * half.X * buffer.StepX, squared.XX * buffer.StepX * buffer.StepX);
            for (var x = 0; x < depths.Length; x++)
            {
                var q = q0 + x * (q1 + x * q2);
                if (q < 0) { continue; }
                var (middle, root) = (l[x], Math.Sqrt(q));
                var inverse = middle + root;
                if ((float)inverse <= depths[x]) { continue; }
                if (!IsBetween(along[x], inverse))
                {
                    inverse = middle - root;
                    if ((float)inverse <= depths[x] || !IsBetween(along[x], inverse)) { continue; }
                }
                (depths[x], surfaces[x]) = ((float)inverse, index);
            }
        }
    }

    private bool IsBetween(double along, double inverse) => along >= Slab.Low * inverse && along <= Slab.High * inverse;
}
