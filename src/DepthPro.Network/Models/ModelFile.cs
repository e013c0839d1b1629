namespace DepthPro.Network;

/// <summary>A file of a model folder. Immutable, thread-safe.</summary>
/// <param name="Name">File name, without a folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits.</param>
public sealed record ModelFile(string Name, long Bytes, string Sha256);
