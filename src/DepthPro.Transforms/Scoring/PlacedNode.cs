namespace DepthPro.Scoring;

/// <summary>A node of an opened session: the execution provider that runs it, and its operator.</summary>
internal readonly record struct PlacedNode(string Provider, string Operator);
