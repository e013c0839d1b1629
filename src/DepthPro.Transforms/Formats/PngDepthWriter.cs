using System.Buffers.Binary;
using System.IO.Compression;

namespace DepthPro.Formats;

/// <summary>Writes depth as the 16-bit grey samples of a PNG file.</summary>
internal static class PngDepthWriter
{
    private const int SampleBytes = sizeof(ushort);

    // Depth is smooth: predicted from all three neighbours it leaves the smallest differences.
    private const PngFilter Filter = PngFilter.Paeth;

    /// <summary>0 where depth is unknown; at least 1, and at most 65,535, where it is known.</summary>
    /// <returns>How many pixels are farther than 65,535 units.</returns>
    public static int Write(Stream stream, DepthMap depth, double unitsPerMeter)
    {
        using var data = new MemoryStream();
        var saturated = Pack(depth, unitsPerMeter, data);
        PngChunks.WriteHeader(stream, depth.Width, depth.Height, 8 * SampleBytes, PngColor.Grey);
        PngChunks.Write(stream, "IDAT"u8, data.GetBuffer().AsSpan(0, (int)data.Length));
        PngChunks.Write(stream, "IEND"u8, []);
        return saturated;
    }

    private static int Pack(DepthMap depth, double unitsPerMeter, Stream data)
    {
        using var rows = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true);
        var (row, above, line, saturated) = (new byte[depth.Width * SampleBytes], new byte[depth.Width * SampleBytes], new byte[1 + depth.Width * SampleBytes], 0);
        for (var y = 0; y < depth.Height; y++)
        {
            for (var x = 0; x < depth.Width; x++)
            {
                var units = Units(depth.Meters[y * depth.Width + x], unitsPerMeter, ref saturated);
                BinaryPrimitives.WriteUInt16BigEndian(row.AsSpan(x * SampleBytes), units);
            }
            line[0] = (byte)Filter;
            PngFilters.Apply(Filter, row, above, line.AsSpan(1), SampleBytes);
            rows.Write(line);
            (row, above) = (above, row);
        }
        return saturated;
    }

    private static ushort Units(float meters, double unitsPerMeter, ref int saturated)
    {
        if (!(meters > 0)) { return 0; }
        var units = Math.Round(meters * unitsPerMeter);
        if (units > ushort.MaxValue)
        {
            saturated++;
            return ushort.MaxValue;
        }
        return (ushort)Math.Max(units, 1); // rounded to 0 it would count as unknown
    }
}
