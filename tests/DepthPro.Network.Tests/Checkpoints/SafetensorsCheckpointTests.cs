using System.Buffers.Binary;
using System.Text;
using DepthPro.Network.Checkpoints;
using DepthPro.Tests;

namespace DepthPro.Network.Tests.Checkpoints;

public sealed class SafetensorsCheckpointTests
{
    [Fact]
    public void Reads_metadata()
    {
        using var checkpoint = Checkpoint.Open(Goldens.PathOf("pickle", "mixed.safetensors"));
        Assert.Equal("pt", Assert.Contains("format", checkpoint.Metadata));
    }

    [Fact]
    public void Reads_tensors_when_the_header_lists_them_in_another_order()
    {
        using var checkpoint = Open("""{"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]},"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", [1, 2, 3, 4, 5]);
        Assert.Equal(["a", "b"], checkpoint.Tensors.Keys);
        Assert.Equal([4, 5], checkpoint.Values("b"));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "8 bytes of values; its header expects 4")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}""", "'a' at data_offsets [0, 9]; expected a begin and an end within the 8 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[8,0]}}""", "'a' at data_offsets [8, 0]")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0]}}""", "'a' at data_offsets [0]")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,9223372036854775807]}}""", "'a' at data_offsets")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,9223372036854775808]}}""", "data_offsets of tensor 'a'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[-1,7]}}""", "data_offsets of tensor 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "8 bytes for tensor a [3] float32; expected 12")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647],"data_offsets":[0,8]}}""", "'a' the shape [2147483647, 2147483647]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999],"data_offsets":[0,8]}}""", "'a' the shape [99999999999]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}""", "[1.5] for shape of tensor 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", "2 for shape of tensor 'a'")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", "tensor 'a' as 'F8_E4M3'; expected one of BF16, BOOL")]
    [InlineData("""{"a":{"dtype":null,"shape":[8],"data_offsets":[0,8]}}""", "Null for dtype of tensor 'a'")]
    [InlineData("""{"a":{"shape":[8],"data_offsets":[0,8]}}""", "no 'dtype' for tensor 'a'")]
    [InlineData("""{"a":[8]}""", "Array for tensor 'a'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[5],"data_offsets":[0,5]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""", "tensor 'b' at data byte 4; expected 5, where the tensor before it ends. Tensors overlap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""", "tensor 'b' at data byte 4; expected 3, where the tensor before it ends. There is a gap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "'a'")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"I8","shape":[8],"data_offsets":[0,8]}}""", "'dtype'")]
    [InlineData("""{"__metadata__":{"format":1}}""", "__metadata__ 'format'")]
    [InlineData("""{"__metadata__":"x"}""", "String for __metadata__")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8]""", "not valid JSON")]
    [InlineData("""{} x""", "not valid JSON")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "not valid Unicode")]
    public void Refuses_a_header_with_found_and_expected(string header, string part)
    {
        var error = Assert.Throws<InvalidDataException>(() => Open(header, new byte[8]));
        Assert.StartsWith("Checkpoint 'bad'", error.Message);
        Assert.Contains(part, error.Message);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(1UL << 40)]
    [InlineData(100_000_001UL)]
    [InlineData(3UL)]
    public void Refuses_a_header_length_when_the_file_has_not_that_much(ulong length)
    {
        var file = new byte[10];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        file[8] = (byte)'{';
        Assert.Contains($"header of {length} bytes; the file has 10 bytes", Assert.Throws<InvalidDataException>(() => Checkpoint.Open(new MemoryStream(file), "bad")).Message);
    }

    [Fact]
    public void Refuses_a_deeply_nested_header() =>
        Assert.Throws<InvalidDataException>(() => Open($$"""{"a":{{new string('[', 100_000)}}""", new byte[8]));

    [Fact]
    public void Refuses_a_file_when_it_is_cut_off_anywhere() => CheckpointAssert.AssertRefusedWhenCutOff(File.ReadAllBytes(Goldens.PathOf("pickle", "mixed.safetensors")), 1);

    private static Checkpoint Open(string header, byte[] values)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return Checkpoint.Open(new MemoryStream([.. length, .. json, .. values]), "bad");
    }
}
