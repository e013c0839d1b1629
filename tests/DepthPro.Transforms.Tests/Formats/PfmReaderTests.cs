using System.Text;
using DepthPro.Formats;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class PfmReaderTests
{
    [Theory]
    [InlineData("netpbm_little.pfm")]
    [InlineData("netpbm_big.pfm")]
    public void Reads_what_netpbm_writes(string file)
    {
        var map = Read(DepthGoldens.Bytes(file));

        DepthGoldens.AssertEqual("netpbm", map.Values, map.Width, map.Height);
    }

    [Theory]
    [InlineData("Pf\n2 2\n-1\n", false)]
    [InlineData("Pf\n2 2\n-0.003922\n", false)]
    [InlineData("Pf 2 2 1 ", true)]
    [InlineData("Pf\r\n2\t2\r\n+1.0e0\t", true)]
    public void Reads_rows_from_the_bottom_up_in_the_scales_byte_order(string header, bool isBigEndian)
    {
        float[] stored = [3, float.PositiveInfinity, 1, 2];

        Assert.Equal([1, 2, 3, float.PositiveInfinity], Read(Of(header, stored, isBigEndian)).Values);
    }

    [Fact]
    public void Ends_its_header_with_one_white_space()
    {
        var looksLikeSpace = BitConverter.ToSingle([0x20, 0x0A, 0x0D, 0x09]);

        Assert.Equal([looksLikeSpace], Read(Of("Pf\n1 1\n-1\n", [looksLikeSpace], false)).Values);
    }

    [Theory]
    [InlineData("Pf\n", "has the .pfm header 'Pf'; expected 'Pf', width, height and a scale")]
    [InlineData("Pf\n1 1\n", "has the .pfm header 'Pf 1 1'")]
    [InlineData("Pf\n1 1\n-1", "has the .pfm header 'Pf 1 1'")]
    [InlineData("Pf\n1 one\n-1\n", "has the .pfm header 'Pf 1 one -1'")]
    [InlineData("Pf\n1 -1\n-1\n", "has the .pfm header 'Pf 1 -1 -1'")]
    [InlineData("Pf\n1 1\n0\n", "has the .pfm header 'Pf 1 1 0'")]
    [InlineData("Pf\n1 1\nnan\n", "has the .pfm header 'Pf 1 1 nan'")]
    [InlineData("PF\n1 1\n-1\n", "is a .pfm file of colours ('PF'); expected one channel ('Pf')")]
    [InlineData("Pf\n0 1\n-1\n", "is 0 x 1 pixels")]
    [InlineData("Pf\n2147483647 2\n-1\n", "is 2147483647 x 2 pixels")]
    [InlineData("Pf\n16384 16384\n-1\n", "has 18 bytes; its header (16384 x 16384 pixels) expects 1073741842")]
    public void Refuses_a_header_that_is_false(string header, string part)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidDataException>(() => Read(Encoding.ASCII.GetBytes(header)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 18);
        Assert.Contains(part, error.Message);
    }

    [Fact]
    public void Refuses_a_file_of_another_length_than_its_header_says()
    {
        var whole = Of("Pf\n2 1\n-1\n", [1, 2], false);

        Assert.Contains($"a.pfm has {whole.Length - 1} bytes; its header (2 x 1 pixels) expects {whole.Length}", Assert.Throws<InvalidDataException>(() => Read(whole[..^1])).Message);
        Assert.Contains($"a.pfm has {whole.Length + 1} bytes", Assert.Throws<InvalidDataException>(() => Read([.. whole, 0])).Message);
    }

    internal static byte[] Of(string header, float[] stored, bool isBigEndian) =>
        [.. Encoding.ASCII.GetBytes(header), .. stored.SelectMany(value => BitConverter.GetBytes(value) is var bytes && isBigEndian ? bytes.Reverse() : bytes)];

    private static StoredMap Read(byte[] file) => PfmReader.Read(new MemoryStream(file), "a.pfm");
}
