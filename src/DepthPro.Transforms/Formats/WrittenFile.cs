namespace DepthPro;

/// <summary>A depth file beside a sidecar, as it was when both were written.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Bytes">How long it is.</param>
public readonly record struct WrittenFile(string Name, long Bytes);
