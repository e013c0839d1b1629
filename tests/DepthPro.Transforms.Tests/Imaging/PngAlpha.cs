using System.Buffers.Binary;
using System.IO.Compression;

namespace DepthPro.Transforms.Tests.Imaging;

/// <summary>The alpha channel of an 8-bit RGBA PNG that is not interlaced, straight from its bytes.</summary>
internal static class PngAlpha
{
    public static byte[] Read(string path)
    {
        var png = File.ReadAllBytes(path);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        Assert.Equal([8, 6, 0, 0, 0], png[24..29]);
        using var compressed = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8)) { compressed.Write(png, at + 8, length); }
            at += length + 12;
        }
        compressed.Position = 0;
        using var lines = new ZLibStream(compressed, CompressionMode.Decompress);
        var (line, above, alpha) = (new byte[width * 4], new byte[width * 4], new byte[width * height]);
        for (var y = 0; y < height; y++)
        {
            var filter = lines.ReadByte();
            lines.ReadExactly(line);
            for (var i = 0; i < line.Length; i++)
            {
                var (left, up, corner) = (i < 4 ? 0 : line[i - 4], above[i], i < 4 ? 0 : above[i - 4]);
                line[i] += (byte)(filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) });
                if (i % 4 == 3) { alpha[y * width + i / 4] = line[i]; }
            }
            (line, above) = (above, line);
        }
        return alpha;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (byLeft, byUp, byCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
    }
}
