using System.Runtime.InteropServices;
using System.Text;

namespace DepthPro.Formats;

/// <summary>Writes grey .pfm files: float32, little endian, rows from the bottom up.</summary>
/// <remarks>Values are stored to the bit; what is not finite in them stays so, as readers of the format expect it. Source: as of <see cref="PfmReader"/>.</remarks>
internal static class PfmWriter
{
    public static void Write(Stream stream, DepthMap depth)
    {
        // The sign of the scale says little endian; its size says nothing.
        stream.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"Pf\n{depth.Width} {depth.Height}\n-1.0\n")));
        for (var y = depth.Height - 1; y >= 0; y--) { stream.Write(MemoryMarshal.AsBytes(depth.Meters.Slice(y * depth.Width, depth.Width))); }
    }
}
