namespace DepthPro.Scoring.Devices;

/// <summary>A node of an opened session: the execution provider that runs it, and its operator.</summary>
internal readonly record struct PlacedNode(string Provider, string Operator);
