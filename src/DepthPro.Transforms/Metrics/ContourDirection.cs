namespace DepthPro.Metrics;

/// <summary>On which side of a pair of neighbours the nearer pixel lies, in the reference's order.</summary>
internal enum ContourDirection
{
    Left,
    Top,
    Right,
    Bottom,
}
