using System.Buffers.Binary;

namespace DepthPro.Formats;

/// <summary>Depth in the 16-bit grey samples of a PNG file.</summary>
internal static class PngDepth
{
    private const int SampleBytes = sizeof(ushort);

    /// <summary>Metres; NaN where 0, for unknown, is stored.</summary>
    /// <exception cref="InvalidDataException">It is no PNG file, another kind of it, or damaged.</exception>
    public static StoredMap Read(Stream stream, double unitsPerMeter, string subject)
    {
        var png = PngFile.Read(stream, subject);
        if (png is not { Color: PngColor.Grey, Bits: 8 * SampleBytes })
        {
            throw png.Bad($"is a PNG of {png.Bits}-bit {png.Color} samples; expected 16-bit Grey ones, of which {unitsPerMeter:r} are a metre. A picture of depth cannot be turned back into metres: use the .npy or .pfm file, or a 16-bit grey PNG.");
        }
        var (width, values) = (png.Width, new float[png.Width * png.Height]);
        png.ReadRows((y, samples) =>
        {
            var row = values.AsSpan(y * width, width);
            for (var x = 0; x < row.Length; x++)
            {
                var units = BinaryPrimitives.ReadUInt16BigEndian(samples[(x * SampleBytes)..]);
                row[x] = units == 0 ? float.NaN : (float)(units / unitsPerMeter);
            }
        });
        return new(width, png.Height, values);
    }
}
