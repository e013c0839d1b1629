namespace DepthPro.Features;

/// <summary>Features of how depth changes from point to point: slopes of surfaces, and the boundaries between them. The same at every scale. Pure; thread-safe.</summary>
internal static class DepthEdges
{
    // The ratio of neighbouring depths that makes a boundary: the largest of the paper's boundary metrics (section 4); and one that parts an object from what is far behind it.
    private static readonly double Boundary = Math.Log(1.25), StrongBoundary = Math.Log(2);

    public static IEnumerable<string> Names => ["SlopeHorizontal", "SlopeVertical", "BoundaryShareAbove1.25", "BoundaryShareAbove2"];

    /// <summary>Mean change of the log depth between neighbours that no boundary parts, each way; shares of all neighbours that one parts. 0 where no two neighbours are known.</summary>
    public static IEnumerable<double> Values(DepthLattice lattice)
    {
        const int Side = DepthLattice.Side;
        var (horizontal, vertical) = (new Pairs(), new Pairs());
        for (var i = 0; i < lattice.LogDepth.Length; i++)
        {
            if (i % Side + 1 < Side) { horizontal.Add(lattice.LogDepth[i], lattice.LogDepth[i + 1]); }
            if (i + Side < lattice.LogDepth.Length) { vertical.Add(lattice.LogDepth[i], lattice.LogDepth[i + Side]); }
        }
        double Share(Func<Pairs, int> of) => (double)(of(horizontal) + of(vertical)) / Math.Max(1, horizontal.Count + vertical.Count);
        return [horizontal.Slope, vertical.Slope, Share(pairs => pairs.Boundaries), Share(pairs => pairs.StrongBoundaries)];
    }

    private sealed class Pairs
    {
        private double _smooth;

        public int Count { get; private set; }

        public int Boundaries { get; private set; }

        public int StrongBoundaries { get; private set; }

        public double Slope => _smooth / Math.Max(1, Count - Boundaries);

        public void Add(double first, double second)
        {
            var change = Math.Abs(second - first);
            if (double.IsNaN(change)) { return; }
            Count++;
            if (change > StrongBoundary) { StrongBoundaries++; }
            if (change > Boundary) { Boundaries++; } else { _smooth += change; }
        }
    }
}
