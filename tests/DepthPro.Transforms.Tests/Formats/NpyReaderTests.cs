using DepthPro.Formats;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class NpyReaderTests
{
    private static readonly string[] Types = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"];

    [Theory]
    [InlineData("version1.npy")]
    [InlineData("version2.npy")]
    [InlineData("version3.npy")]
    [InlineData("batch.npy")]
    [InlineData("channel_f.npy")]
    public void Reads_what_numpy_saves(string file)
    {
        var map = Read(DepthGoldens.Bytes(file));

        DepthGoldens.AssertEqual("depth", map.Values, map.Width, map.Height);
    }

    [Fact]
    public void Reads_every_type_byte_order_and_layout_at_any_size()
    {
        var random = new Random(0);
        foreach (var type in from kind in Types from order in kind[1] == '1' ? "|" : "<>" select order + kind)
        {
            foreach (var (width, height) in new[] { (1, 1), (1, 7), (9, 1), (2, 3), (8, 8), (301, 257) })
            {
                int[] values = [.. Enumerable.Range(0, width * height).Select(_ => random.Next(type[1] == 'b' ? 2 : 100))];
                float[] expected = [.. values.Select(value => (float)value)];
                var inFortranOrder = from x in Enumerable.Range(0, width) from y in Enumerable.Range(0, height) select values[y * width + x];

                Assert.Equal(expected, Read(TestNpy.Of(type, $"{height}, {width}", Bytes(values))).Values);
                Assert.Equal(expected, Read(TestNpy.Of(type, $"1, {height}, {width}", Bytes(inFortranOrder), fortran: true)).Values);
            }

            byte[] Bytes(IEnumerable<int> values) => [.. values.SelectMany(value => TestNpy.Element(type, value))];
        }
    }

    [Theory]
    [InlineData("{'shape': (1, 2), 'fortran_order': False, 'descr': '<f4'}")]
    [InlineData("{ 'descr':'<f4' ,'fortran_order' :False,'shape':(1,2)}   ")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 2, 1, 1), }")]
    public void Reads_a_header_written_another_way(string header) => Assert.Equal([0, 0], Read(TestNpy.WithHeader(header, new byte[8])).Values);

    [Theory]
    [InlineData("complex.npy", "type '<c8' (complex numbers)")]
    [InlineData("object.npy", "type '|O' (Python objects, which are never loaded)")]
    [InlineData("text.npy", "type '<U3' (text)")]
    [InlineData("times.npy", "type '<M8[s]' (times)")]
    [InlineData("longdouble.npy", "type '<f16' (floats of another size)")]
    [InlineData("records.npy", "holds records (a structured type)")]
    public void Refuses_what_is_no_number(string file, string part)
    {
        var error = Refused(DepthGoldens.Bytes(file));
        Assert.Contains(part, error);
        Assert.Contains("expected", error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'shape': (1, 2)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), 'shape': (1, 2)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1, 2)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': [1, 2]}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, -2)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)} + exit()")]
    public void Refuses_a_header_that_numpy_does_not_write(string header) => Assert.Contains("has a damaged .npy header, '", Refused(TestNpy.WithHeader(header, new byte[8])));

    [Theory]
    [InlineData("", "has the shape ()")]
    [InlineData("2,", "has the shape (2,)")]
    [InlineData("3, 1, 2", "has the shape (3, 1, 2)")]
    [InlineData("0, 2", "is 2 x 0 pixels; expected at least 1 x 1 and at most 268435456 in all")]
    [InlineData("65536, 65536", "is 65536 x 65536 pixels")]
    [InlineData("4294967296, 4294967296", "is 4294967296 x 4294967296 pixels")]
    [InlineData("99999999999999999999, 2", "is 2 x 9223372036854775807 pixels")]
    public void Refuses_a_shape_that_is_no_map(string shape, string part) => Assert.Contains(part, Refused(TestNpy.Of("<f4", shape, new byte[24])));

    [Fact]
    public void Refuses_a_file_of_another_length_than_its_header_says()
    {
        var whole = TestNpy.Of("<f4", "2, 3", new byte[24]);

        Assert.Contains($"a.npy has {whole.Length - 1} bytes; its header (type '<f4', shape (2, 3)) expects {whole.Length}", Refused(whole[..^1]));
        Assert.Contains($"a.npy has {whole.Length + 1} bytes", Refused([.. whole, 0]));
        for (var length = 0; length < whole.Length; length++) { Assert.Contains("a.npy", Refused(whole[..length])); }
    }

    [Fact]
    public void Refuses_other_versions_and_headers_beyond_the_limit()
    {
        Assert.Contains("has .npy format version 4.0; expected 1, 2 or 3", Refused(TestNpy.Of("<f4", "1, 1", new byte[4], version: 4)));
        Assert.Contains("header of 65537 bytes; expected at most 65535", Refused(TestNpy.WithHeader(new string(' ', 65_536), [], version: 2)));
    }

    [Fact]
    public void Takes_no_memory_for_what_a_small_file_claims()
    {
        var bomb = TestNpy.Of("<f8", "16384, 16384", []);
        Refused(bomb);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Refused(bomb);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
    }

    [Theory]
    [InlineData("f4", 1)]
    [InlineData("f8", 0.5)]
    [InlineData("f2", 2)]
    [InlineData("u1", 4)]
    public void Takes_the_memory_of_its_values_and_little_more(string kind, double perByte)
    {
        var file = TestNpy.Of((kind[1] == '1' ? "|" : ">") + kind, "1000, 1000", new byte[1_000_000 * (kind[1] - '0')], fortran: true);
        Read(file);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Read(file);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 4_000_000, (perByte * file.Length) + (1 << 18));
    }

    private static string Refused(byte[] file) => Assert.Throws<InvalidDataException>(() => Read(file)).Message;

    private static StoredMap Read(byte[] file) => NpyReader.Read(new MemoryStream(file), file.Length, "a.npy");
}
