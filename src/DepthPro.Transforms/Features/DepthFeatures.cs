using DepthPro.Features;

namespace DepthPro;

/// <summary>A depth map as a short vector of numbers with names, for models that learn from it. Pure; thread-safe.</summary>
/// <remarks>
/// <para>Shares of rare depths are nearly constant over a set of photos. Trainers that want their features normalised do well with ML.NET's NormalizeBinning: by mean and variance one
/// unusual photo can outweigh everything.</para>
/// <para>A map is read at a lattice of 128 x 128 points, so that its size does not count. Depths that are not finite and above 0 are unknown and left out. No feature is ever
/// NaN or infinite. Logarithms are natural. In the scale-free variant (<see cref="DepthFeatureOptions.ScaleFree"/>) every depth is divided by the map's median first: its names say
/// <c>Ratio</c> where the others say <c>Meters</c>.</para>
/// <list type="table">
/// <listheader><term>slots</term><description>meaning</description></listheader>
/// <item><term><c>KnownShare</c></term><description>Share of the points whose depth is known, 0 to 1.</description></item>
/// <item><term><c>LogMetersPercentile05</c>, 10, 25, 50, 75, 90, 95 (<c>LogRatioPercentile05</c> …)</term><description>Percentiles of the known points' log depth. The scale-free 50 is always 0.</description></item>
/// <item><term><c>ShareBelow0.125Meters</c>, <c>ShareFrom0.125Meters</c>, 0.25, 0.5 … <c>ShareFrom256Meters</c> (<c>ShareBelowRatio2^-5.5</c>, <c>ShareFromRatio2^-5.5</c>, -4.5 … 5.5)</term><description>Histogram
/// over log depth: shares of the known points from this depth, included, to twice as much; the first has all that is nearer, the last all that is farther. They sum to 1.</description></item>
/// <item><term><c>NearShareBelow1Meters</c> (<c>NearShareBelowRatio2^-1.5</c>)</term><description>Near field: share of the known points nearer than 1 m, or than 0.35 of the median.</description></item>
/// <item><term><c>LogMetersRow0Column0</c> … <c>Row3Column3</c> (<c>LogRatioRow0Column0</c> …)</term><description>Mean log depth of the known points in each cell of a 4 x 4 grid over the picture, from the top left; of a cell
/// without any, the median of the map.</description></item>
/// <item><term><c>SlopeHorizontal</c>, <c>SlopeVertical</c></term><description>Mean change of log depth from a point to its neighbour (1/128 of the picture), over neighbours that no boundary parts.</description></item>
/// <item><term><c>BoundaryShareAbove1.25</c>, <c>BoundaryShareAbove2</c></term><description>Share of neighbouring points whose depths' ratio is above this, 0 to 1.</description></item>
/// <item><term><c>GroundNormalX</c>, <c>GroundNormalY</c>, <c>GroundNormalZ</c></term><description>Unit normal, away from the camera, of the plane that most points of the picture's lower half lie on; x right, y down, z forward: (0, 1, 0) is
/// level ground under a level camera. Zeros without a focal length, which the plane needs, or without three known points.</description></item>
/// <item><term><c>GroundLogMeters</c> (<c>GroundLogRatio</c>)</term><description>Log of the camera's distance from that plane: of the ground, its height. Without a plane, of the median depth.</description></item>
/// <item><term><c>GroundShare</c></term><description>Share of the lower half's known points within 5 % of the plane, 0 to 1; 0 without a plane.</description></item>
/// </list>
/// </remarks>
public static class DepthFeatures
{
    /// <summary>Number of features, in both variants.</summary>
    public static int Count { get; } = SlotNames().Count;

    /// <summary>Names of the features, in their order.</summary>
    /// <param name="options">The variant; null for the defaults.</param>
    public static IReadOnlyList<string> SlotNames(DepthFeatureOptions? options = null)
    {
        var scaleFree = options?.ScaleFree ?? false;
        return [.. DepthDistribution.Names(scaleFree), .. DepthGrid.Names(scaleFree), .. DepthEdges.Names, .. GroundPlane.Names(scaleFree)];
    }

    /// <summary>Computes the features of a map.</summary>
    /// <param name="depth">Depth with or without a focal length.</param>
    /// <param name="options">The variant; null for the defaults.</param>
    /// <returns><see cref="Count"/> finite numbers, as <see cref="SlotNames"/> names them.</returns>
    /// <exception cref="InvalidDataException">The depth is known at none of the lattice's points.</exception>
    public static float[] Of(DepthMap depth, DepthFeatureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(depth);
        return Of(depth, options ?? new(), "The depth map");
    }

    /// <summary>Computes the features of a map.</summary>
    /// <param name="meters">(height, width) metres, row by row.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="focalLengthPixels">Pixels of the map; NaN when unknown.</param>
    /// <param name="options">The variant.</param>
    /// <returns>Null when the depth is known at none of the lattice's points.</returns>
    internal static float[]? TryCompute(ReadOnlySpan<float> meters, int width, int height, float focalLengthPixels, DepthFeatureOptions options)
    {
        if (DepthLattice.Read(meters, width, height) is not { } lattice) { return null; }
        var scaleFree = options.ScaleFree;
        return [.. DepthDistribution.Values(lattice, scaleFree).Concat(DepthGrid.Values(lattice, scaleFree)).Concat(DepthEdges.Values(lattice))
            .Concat(GroundPlane.Values(lattice, width, height, focalLengthPixels, scaleFree)).Select(value => (float)value)];
    }

    /// <param name="depth">The map.</param>
    /// <param name="options">The variant.</param>
    /// <param name="where">What the message begins with.</param>
    internal static float[] Of(DepthMap depth, DepthFeatureOptions options, string where) =>
        TryCompute(depth.Meters, depth.Width, depth.Height, depth.FocalLengthPixels, options) ?? throw new InvalidDataException(
            $"{where}, {depth.Width} x {depth.Height} pixels, is unknown at all of the {DepthLattice.Side} x {DepthLattice.Side} points that features are computed of; expected a depth that is finite and above 0 "
            + "at one of them at least: remove such maps first (rows for example with FilterByCustomPredicate).");
}
