namespace DepthPro.Network.Checkpoints.Torch;

/// <summary>A file in a zip archive as the central directory describes it.</summary>
internal readonly record struct ZipEntry(string Name, ushort Flags, ushort Method, uint Crc32, long CompressedLength, long Length, long HeaderOffset);
