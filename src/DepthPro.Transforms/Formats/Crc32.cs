namespace DepthPro.Formats;

/// <summary>The checksum of zip and PNG files.</summary>
/// <remarks>Source: the PNG specification, annex D; ISO 3309.</remarks>
internal static class Crc32
{
    private const uint ReversedPolynomial = 0xEDB88320;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(OfByte)];

    /// <summary>The checksum of what <paramref name="before"/> is the checksum of, followed by <paramref name="bytes"/>.</summary>
    public static uint Append(uint before, ReadOnlySpan<byte> bytes)
    {
        var (crc, table) = (~before, Table);
        foreach (var b in bytes) { crc = crc >> 8 ^ table[(byte)(crc ^ b)]; }
        return ~crc;
    }

    private static uint OfByte(int value)
    {
        var crc = (uint)value;
        for (var bit = 0; bit < 8; bit++) { crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ ReversedPolynomial; }
        return crc;
    }
}
