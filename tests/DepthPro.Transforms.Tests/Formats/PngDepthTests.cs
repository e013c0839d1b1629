using System.Buffers.Binary;
using System.IO.Compression;
using DepthPro.Formats;
using DepthPro.Transforms.Tests.Imaging;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class PngDepthTests
{
    [Fact]
    public void Reads_what_pillow_writes_and_takes_zero_for_unknown()
    {
        var map = Read(DepthGoldens.Bytes("millimeters.png"), 1000);

        float[] expected = [.. DepthGoldens.Values("millimeters").Select(units => units == 0 ? float.NaN : (float)(units / 1000.0))];
        Assert.Equal((53, 40), (map.Width, map.Height));
        Assert.Equal(expected, map.Values);
    }

    [Theory]
    [InlineData(1000, 65.535f)]
    [InlineData(256, 255.99609f)]
    [InlineData(1, 65535f)]
    [InlineData(0.5, 131070f)]
    public void Divides_by_the_units_of_a_metre(double unitsPerMeter, float expected)
    {
        var png = TestPng.OfRows(1, 1, 16, TestPng.Grey, [0xFF, 0xFF]);

        Assert.Equal([expected], Read(png, unitsPerMeter).Values);
    }

    [Fact]
    public void Undoes_every_filter_in_any_number_of_chunks()
    {
        var random = new Random(1);
        foreach (var (width, height) in new[] { (1, 1), (1, 9), (9, 1), (2, 5), (31, 23) })
        {
            var samples = new byte[width * height * 2];
            random.NextBytes(samples);
            var png = Filtered(samples, width, height, random);

            float[] expected = [.. Enumerable.Range(0, width * height).Select(i => BinaryPrimitives.ReadUInt16BigEndian(samples.AsSpan(2 * i)) is > 0 and var units ? (float)units : float.NaN)];
            Assert.Equal(expected, Read(png, 1).Values);
        }
    }

    [Theory]
    [InlineData(8, TestPng.Grey, "is a PNG of 8-bit Grey samples; expected 16-bit Grey")]
    [InlineData(8, TestPng.Rgb, "is a PNG of 8-bit Rgb samples")]
    [InlineData(16, TestPng.Rgba, "is a PNG of 16-bit Rgba samples")]
    [InlineData(3, TestPng.Grey, "has a PNG header of 3 bits, colour type 0")]
    [InlineData(16, 1, "has a PNG header of 16 bits, colour type 1")]
    [InlineData(4, TestPng.Rgb, "has a PNG header of 4 bits, colour type 2")]
    public void Refuses_other_kinds_of_samples(byte bits, byte color, string part) => Assert.Contains(part, Refused(TestPng.OfRows(2, 2, bits, color, new byte[16])));

    [Fact]
    public void Refuses_an_interlaced_file()
    {
        var header = new byte[13];
        (header[3], header[7], header[8], header[12]) = (1, 1, 16, 1);

        Assert.Contains("is an interlaced PNG (Adam7); expected rows in order", Refused([.. PngFile.Signature, .. TestPng.Chunk("IHDR"u8, header), .. TestPng.Chunk("IEND"u8, [])]));
    }

    [Fact]
    public void Passes_over_chunks_that_may_be_and_refuses_those_that_may_not()
    {
        var png = TestPng.OfRows(1, 1, 16, TestPng.Grey, [0, 7]);

        Assert.Equal([7], Read([.. png[..33], .. TestPng.Chunk("tEXt"u8, [1, 2]), .. png[33..], 1, 2, 3], 1).Values);
        Assert.Contains("has a chunk 'teST' with a wrong checksum", Refused([.. png[..33], 0, 0, 0, 0, .. "teST"u8, 1, 2, 3, 4, .. png[33..]]));
        Assert.Contains("has a chunk 'TEXT', which is not known and cannot be passed over", Refused([.. png[..33], .. TestPng.Chunk("TEXT"u8, []), .. png[33..]]));
        Assert.Contains("has a chunk 'IHDR' where it has had its 'IHDR'", Refused([.. png[..33], .. png[8..]]));
        Assert.Contains("has a chunk 'IDAT' where 'IHDR' is expected first", Refused([.. png[..8], .. png[33..]]));
        Assert.Contains("has a PNG header of 12 bytes; expected 13", Refused([.. png[..8], .. TestPng.Chunk("IHDR"u8, new byte[12]), .. png[33..]]));
    }

    [Fact]
    public void Refuses_a_file_cut_off_anywhere()
    {
        var whole = DepthGoldens.Bytes("millimeters.png");
        for (var length = 8; length < whole.Length - 12; length += 13)
        {
            Assert.Contains($"a.png is cut off: found {length} bytes of a PNG file without the image's end", Refused(whole[..length]));
        }
    }

    [Fact]
    public void Refuses_a_changed_bit_anywhere_in_a_chunk()
    {
        var png = TestPng.OfRows(3, 2, 16, TestPng.Grey, [1, 2, 3, 4, 5, 6]);
        for (var at = 8; at < png.Length; at++)
        {
            var damaged = png.ToArray();
            damaged[at] ^= 4;
            Refused(damaged);
        }
    }

    [Fact]
    public void Refuses_compressed_data_that_are_false()
    {
        Assert.Contains("a.png has damaged compressed data", Refused(TestPng.Of(2, 2, 16, TestPng.Grey, [1, 2, 3, 4, 5, 6, 7, 8])));
        Assert.Contains("ends in row 1 of 2", Refused(TestPng.Of(2, 2, 16, TestPng.Grey, Zlib([0, 1, 2, 3, 4]))));
        Assert.Contains("has the filter 5 in row 0; expected 0 to 4", Refused(TestPng.Of(2, 1, 16, TestPng.Grey, Zlib([5, 1, 2, 3, 4]))));
    }

    [Fact]
    public void Takes_no_memory_for_what_a_small_file_claims()
    {
        var bomb = TestPng.Of(16_384, 16_384, 16, TestPng.Grey, Zlib(new byte[1000]));
        Assert.Contains("claims 16384 x 16384 pixels of 1 x 16 bits and holds ", Refused(bomb));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Refused(bomb);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
        Assert.Contains("is 16385 x 16384 pixels; expected at least 1 x 1 and at most 268435456", Refused(TestPng.Of(16_385, 16_384, 16, TestPng.Grey, [])));
        Assert.Contains("is 4294967295 x 1 pixels", Refused(TestPng.Of(-1, 1, 16, TestPng.Grey, [])));
    }

    [Fact]
    public void Takes_the_memory_of_the_file_and_the_values()
    {
        var png = TestPng.OfRows(1000, 1000, 16, TestPng.Grey, new byte[2000]);
        Read(png, 1);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Read(png, 1);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 4_000_000, 4_000_000 + png.Length + (1 << 17));
    }

    // Predicts each row by a random filter, as the PNG specification says, and splits the data.
    private static byte[] Filtered(byte[] samples, int width, int height, Random random)
    {
        const int Left = 2; // bytes of a pixel
        var stride = width * Left;
        var lines = new List<byte>();
        for (var y = 0; y < height; y++)
        {
            var filter = random.Next(5);
            lines.Add((byte)filter);
            for (var i = 0; i < stride; i++)
            {
                byte At(int row, int column) => row < 0 || column < 0 ? (byte)0 : samples[row * stride + column];
                var (a, b, c) = (At(y, i - Left), At(y - 1, i), At(y - 1, i - Left));
                lines.Add((byte)(At(y, i) - filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) >> 1, _ => new[] { a, b, c }.MinBy(p => Math.Abs(a + b - c - p)) }));
            }
        }
        var data = Zlib([.. lines]);
        var png = TestPng.Of(width, height, 16, TestPng.Grey, []);
        return [.. png[..33], .. data.Chunk(7).SelectMany(part => TestPng.Chunk("IDAT"u8, part)), .. TestPng.Chunk("IEND"u8, [])];
    }

    private static byte[] Zlib(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) { zlib.Write(bytes); }
        return packed.ToArray();
    }

    private static string Refused(byte[] file) => Assert.Throws<InvalidDataException>(() => Read(file, 1000)).Message;

    private static StoredMap Read(byte[] file, double unitsPerMeter) => PngDepth.Read(new MemoryStream(file), unitsPerMeter, "a.png");
}
