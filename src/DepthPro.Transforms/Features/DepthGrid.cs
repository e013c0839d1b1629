namespace DepthPro.Features;

/// <summary>Features of where in the picture depths are: their mean in each cell of a grid. Pure; thread-safe.</summary>
internal static class DepthGrid
{
    private const int Cells = 4; // along each side
    private const int Points = DepthLattice.Side / Cells;

    public static IEnumerable<string> Names(bool scaleFree) =>
        Enumerable.Range(0, Cells * Cells).Select(cell => $"{(scaleFree ? "LogRatio" : "LogMeters")}Row{cell / Cells}Column{cell % Cells}");

    /// <summary>Means of the known logarithms; of a cell without any, the map's median.</summary>
    public static IEnumerable<double> Values(DepthLattice lattice, bool scaleFree)
    {
        var (sums, counts) = (new double[Cells * Cells], new int[Cells * Cells]);
        for (var i = 0; i < lattice.LogDepth.Length; i++)
        {
            if (double.IsNaN(lattice.LogDepth[i])) { continue; }
            var cell = i / DepthLattice.Side / Points * Cells + i % DepthLattice.Side / Points;
            sums[cell] += lattice.LogDepth[i];
            counts[cell]++;
        }
        var origin = scaleFree ? lattice.Median : 0;
        return sums.Select((sum, cell) => (counts[cell] > 0 ? sum / counts[cell] : lattice.Median) - origin);
    }
}
