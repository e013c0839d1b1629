using DepthPro.Depth;

namespace DepthPro.Features;

/// <summary>The plane that most of the lower half of the picture lies on, as a rule floor or ground.</summary>
/// <remarks>Immutable, thread-safe. Camera axes: x right, y down, z forward; of level ground under a level camera the normal is (0, 1, 0).</remarks>
/// <param name="NormalX">The unit normal, pointing away from the camera.</param>
/// <param name="NormalY">Likewise.</param>
/// <param name="NormalZ">Likewise.</param>
/// <param name="LogDistance">Natural logarithm of the camera's distance from the plane, metres.</param>
/// <param name="Share">Share of the lower half's known points whose depth is within 5 % of the plane's.</param>
internal readonly record struct GroundPlane(double NormalX, double NormalY, double NormalZ, double LogDistance, double Share)
{
    private const double Tolerance = 0.05; // of a point's depth
    private const int Candidates = 128; // with half of the points on the plane, one in eight is all on it: all of them miss once in 3e7
    private const int Refinements = 3;
    private const int Stride = 2; // every other point of every other row is enough: 2048 of them

    public static IEnumerable<string> Names(bool scaleFree) =>
        ["GroundNormalX", "GroundNormalY", "GroundNormalZ", scaleFree ? "GroundLogRatio" : "GroundLogMeters", "GroundShare"];

    /// <summary>The fit, or, where there is none, zeros at the map's median distance.</summary>
    public static IEnumerable<double> Values(DepthLattice lattice, int width, int height, float focalLengthPixels, bool scaleFree)
    {
        var plane = Fit(lattice, width, height, focalLengthPixels) ?? new(0, 0, 0, lattice.Median, 0);
        return [plane.NormalX, plane.NormalY, plane.NormalZ, plane.LogDistance - (scaleFree ? lattice.Median : 0), plane.Share];
    }

    /// <summary>Fits planes through triples of points that are spread evenly, always the same ones; takes the one that most points lie on, and fits it to all of these.</summary>
    /// <returns>Null without a focal length, or when no three of the points make a plane.</returns>
    /// <remarks>aX + bY + cZ = 1 is linear in the inverse depth: a X/Z + b Y/Z + c = 1/Z. Depths are taken relative to the median, so that the same points are chosen at every scale.</remarks>
    public static GroundPlane? Fit(DepthLattice lattice, int width, int height, float focalLengthPixels)
    {
        if (!(focalLengthPixels > 0)) { return null; }
        var points = LowerHalf(lattice, width, height, focalLengthPixels);
        if (points.Count < 3) { return null; }
        (Plane Plane, int Inliers)? best = null;
        for (var i = 0; i < Candidates; i++)
        {
            var (first, second, third) = Triple(i, points.Count);
            var sums = new NormalEquations();
            foreach (var point in (ReadOnlySpan<int>)[first, second, third]) { sums.Add(points[point]); }
            if (sums.Solve() is not { } plane) { continue; }
            var inliers = CountInliers(points, plane);
            if (best is null || inliers > best.Value.Inliers) { best = (plane, inliers); }
        }
        if (best is not { } found) { return null; }
        for (var i = 0; i < Refinements; i++)
        {
            var sums = new NormalEquations();
            foreach (var point in points) { if (found.Plane.Holds(point)) { sums.Add(point); } }
            if (sums.Solve() is not { } plane) { break; }
            var inliers = CountInliers(points, plane);
            if (inliers < found.Inliers) { break; }
            found = (plane, inliers);
        }
        var (a, b, c) = found.Plane;
        var length = Math.Sqrt(a * a + b * b + c * c);
        return new(a / length, b / length, c / length, lattice.Median - Math.Log(length), (double)found.Inliers / points.Count);
    }

    private static List<Point> LowerHalf(DepthLattice lattice, int width, int height, float focalLengthPixels)
    {
        var points = new List<Point>();
        for (var row = DepthLattice.Side / 2; row < DepthLattice.Side; row += Stride)
        {
            for (var column = 0; column < DepthLattice.Side; column += Stride)
            {
                var logDepth = lattice.LogDepth[row * DepthLattice.Side + column];
                if (double.IsNaN(logDepth)) { continue; }
                var ray = PixelRay.Of(DepthLattice.PixelOf(column, width), DepthLattice.PixelOf(row, height), width, height, focalLengthPixels);
                points.Add(new(ray.X, ray.Y, Math.Exp(logDepth - lattice.Median)));
            }
        }
        return points;
    }

    // The sequence of lowest known discrepancy in three dimensions: multiples of 1/g, 1/g^2, 1/g^3 with g^4 = g + 1 (M. Roberts, "The unreasonable effectiveness of quasirandom sequences").
    private static (int, int, int) Triple(int number, int count)
    {
        const double G = 1.2207440846057596;
        int Index(double step)
        {
            var position = 0.5 + number * step;
            return (int)((position - Math.Floor(position)) * count);
        }
        return (Index(1 / G), Index(1 / (G * G)), Index(1 / (G * G * G)));
    }

    private static int CountInliers(List<Point> points, Plane plane)
    {
        var count = 0;
        foreach (var point in points) { if (plane.Holds(point)) { count++; } }
        return count;
    }

    /// <summary>A point of depth D at (X D, Y D, D).</summary>
    internal readonly record struct Point(double X, double Y, double Depth);

    /// <summary>aX + bY + cZ = 1.</summary>
    internal readonly record struct Plane(double A, double B, double C)
    {
        public bool Holds(Point point) => Math.Abs(point.Depth * (A * point.X + B * point.Y + C) - 1) <= Tolerance;
    }
}
