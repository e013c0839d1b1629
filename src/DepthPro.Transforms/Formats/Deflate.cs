namespace DepthPro.Formats;

/// <summary>What is known of deflated data without inflating them.</summary>
internal static class Deflate
{
    // A match of 258 bytes takes at least two bits, one for its length and one for its distance (RFC 1951, sections 3.2.5 and 3.2.7).
    private const long MaxRatio = 258 * 8 / 2;

    /// <summary>Whether so many bytes can be packed into so few: a claim to doubt before memory is taken for it.</summary>
    public static bool CanHold(long compressed, long unpacked) => unpacked / MaxRatio <= compressed;
}
