using DepthPro.Formats;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class PngPaletteWriterTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 3, 2)]
    [InlineData(33, 20, 256)]
    public void Writes_what_a_reader_reads(int width, int height, int colors)
    {
        var random = new Random(width);
        byte[] indices = [.. Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(colors))];
        uint[] palette = [.. Enumerable.Range(0, colors).Select(i => (uint)(i * 0x010305 & 0xFFFFFF))];

        var file = PngPaletteWriter.Write(width, height, indices, palette, firstIsTransparent: false);

        var png = PngFile.Read(new MemoryStream(file), "test");
        Assert.Equal((width, height, 8, PngColor.Palette), (png.Width, png.Height, png.Bits, png.Color));
        var read = new List<byte>();
        png.ReadRows((_, row) => read.AddRange(row.ToArray()));
        Assert.Equal(indices, read);
        Assert.Equal(indices.SelectMany(i => new[] { (byte)(palette[i] >> 16), (byte)(palette[i] >> 8), (byte)palette[i] }), Photo.FromBytes(file).Rgb.ToArray());
    }

    [Fact]
    public void Says_whether_the_first_entry_is_transparent()
    {
        bool IsTransparent(bool first) => PngPaletteWriter.Write(1, 1, [0], [0xFF0000], first).AsSpan().IndexOf("tRNS"u8) > 0;
        Assert.True(IsTransparent(true));
        Assert.False(IsTransparent(false));
        Assert.Equal(default, Photo.FromBytes(PngPaletteWriter.Write(1, 1, [0], [0xFF0000], firstIsTransparent: true)).Rgb[0]);
    }
}
