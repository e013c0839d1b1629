namespace DepthPro.Reports;

/// <summary>A line of a chart.</summary>
/// <param name="Name">For the key and the points' titles.</param>
/// <param name="Points">By rising X; what is not finite is left out.</param>
/// <param name="Quiet">Drawn thin and pale, without a key, in the colour of the line that follows.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points, bool Quiet = false);
