using System.Text.Json;
using DepthPro.Network.Checkpoints;
using DepthPro.Tests;

namespace DepthPro.Network.Tests.Checkpoints;

public sealed class TorchCheckpointTests
{
    [Theory]
    [InlineData("mixed_dict.pt", "")]
    [InlineData("mixed_ordereddict.pt", "")]
    [InlineData("nested.pt", "")]
    [InlineData("module_state_dict.pt", "module.")]
    [InlineData("mixed.safetensors", "")]
    public void Reads_every_value_exactly_when_torch_wrote_it(string file, string prefix)
    {
        using var checkpoint = Checkpoint.Open(Goldens.PathOf("pickle", file));
        var expected = Goldens.Json("pickle", "expected.json").GetProperty("tensors").EnumerateObject()
            .Where(t => t.Name.StartsWith("module.", StringComparison.Ordinal) == (prefix.Length > 0))
            .ToDictionary(t => t.Name[prefix.Length..], t => t.Value);
        // safetensors holds no views; its file has the ten plain tensors.
        var names = checkpoint.Format == "safetensors" ? expected.Keys.Take(10) : expected.Keys;
        Assert.Equal(names, checkpoint.Tensors.Keys);
        foreach (var tensor in checkpoint.Tensors.Values)
        {
            var entry = expected[tensor.Name];
            Assert.Equal(entry.GetProperty("dtype").GetString(), tensor.Type.ToString().ToLowerInvariant());
            Assert.Equal(entry.GetProperty("shape").Deserialize<int[]>(), tensor.Shape);
            CheckpointAssert.AssertSame(tensor.Name, [.. entry.GetProperty("values").EnumerateArray().Select(v => (float)v.GetDouble())], checkpoint.Values(tensor.Name));
        }
    }

    [Fact]
    public void Reads_zip64_and_any_folder_name_as_the_published_checkpoint_has()
    {
        var pickle = TestPickle.Dictionary("w", p => p.Tensor([2, 4], [4, 1]));
        var file = new TestZip { Zip64 = true }.Add("my model v2/data.pkl", pickle).Add("my model v2/data/0", [0, 1, 2, 3, 4, 5, 6, 7]).Build();
        using var checkpoint = Checkpoint.Open(new MemoryStream(file), "zip64");
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], checkpoint.Values("w"));
    }

    [Theory]
    [InlineData(new long[] { 2, 2 }, new long[] { 1, 4 }, 2, new float[] { 2, 6, 3, 7 })]
    [InlineData(new long[] { 3, 2 }, new long[] { 0, 1 }, 6, new float[] { 6, 7, 6, 7, 6, 7 })]
    [InlineData(new long[] { 1, 4, 1 }, new long[] { 99, 1, -5 }, 4, new float[] { 4, 5, 6, 7 })]
    [InlineData(new long[] { }, new long[] { }, 7, new float[] { 7 })]
    [InlineData(new long[] { 0, 5 }, new long[] { 5, 1 }, 8, new float[] { })]
    public void Reads_views_by_strides_and_offset(long[] shape, long[] strides, long offset, float[] expected)
    {
        using var checkpoint = TestPickle.Open(TestPickle.Dictionary("w", p => p.Tensor(shape, strides, offset)));
        Assert.Equal(expected, checkpoint.Values("w"));
    }

    [Theory]
    [InlineData(new long[] { 9 }, new long[] { 1 }, 0, 8, "a view within")]
    [InlineData(new long[] { 8 }, new long[] { 1 }, 1, 8, "offset 1")]
    [InlineData(new long[] { 2, 2 }, new long[] { 1 }, 0, 8, "strides [1]")]
    [InlineData(new long[] { 2 }, new long[] { -1 }, 7, 8, "strides [-1]")]
    [InlineData(new long[] { 2 }, new long[] { 1 }, -1, 8, "offset -1")]
    [InlineData(new long[] { 2, 2 }, new long[] { long.MaxValue, long.MaxValue }, 0, 8, "a view within")]
    [InlineData(new long[] { 2 }, new long[] { 1 }, long.MaxValue, 8, "a view within")]
    [InlineData(new long[] { 8 }, new long[] { 1 }, 0, 9, "8 bytes in storage '0'")]
    [InlineData(new long[] { -1 }, new long[] { 1 }, 0, 8, "shape [-1]")]
    [InlineData(new long[] { int.MaxValue, int.MaxValue }, new long[] { 0, 0 }, 0, 8, "at most")]
    [InlineData(new long[] { 1L << 40 }, new long[] { 0 }, 0, 8, "at most")]
    public void Refuses_a_tensor_when_it_is_not_within_its_storage(long[] shape, long[] strides, long offset, long count, string part) =>
        TestPickle.AssertRefused(TestPickle.Dictionary("w", p => p.Tensor(shape, strides, offset, count)), "w", part);

    [Fact]
    public void Refuses_a_storage_when_it_is_missing() =>
        TestPickle.AssertRefused(TestPickle.Dictionary("w", p => p.Tensor([8], [1], key: "../../etc/passwd")), "no zip entry 'archive/data/../../etc/passwd'", "tensor 'w'");

    [Fact]
    public void Joins_nested_names_and_numbers_lists()
    {
        var pickle = new TestPickle().Op("}(").Text("a").Op("}(").Text("b").Tensor([8], [1]).Int(3).Tensor([1], [1], 3).Text("lr").Op("G").Raw(new byte[8]).Op("u")
            .Text("list").Op("](").Tensor([1], [1], 1).Op("N").Tensor([1], [1], 2).Op("eu.").Bytes;
        using var checkpoint = TestPickle.Open(pickle);
        Assert.Equal(["a.b", "a.3", "list.0", "list.2"], checkpoint.Tensors.Keys);
        Assert.Equal([2], checkpoint.Values("list.2"));
    }

    [Theory]
    [InlineData("state_dict")]
    [InlineData("model")]
    public void Unwraps_a_training_script_s_wrapper(string wrapper)
    {
        var pickle = new TestPickle().Op("}(").Text("optimizer").Op("}").Text("m").Tensor([8], [1]).Op("s").Text(wrapper).Op("}").Text("w").Tensor([8], [1]).Op("su.").Bytes;
        using var checkpoint = TestPickle.Open(pickle);
        Assert.Equal(["w"], checkpoint.Tensors.Keys);
    }

    [Fact]
    public void Reads_untyped_storages_as_newer_torch_writes_them()
    {
        var pickle = TestPickle.Dictionary("w", p => p.Global("torch._utils", "_rebuild_tensor_v3").Op("((").Text("storage").Global("torch.storage", "UntypedStorage")
            .Text("0").Text("cpu").Long(8).Op("tQ").Long(1).Tuple(3).Tuple(1).Raw(0x89).Op("N").Global("torch", "int16").Op("tR"));
        using var checkpoint = TestPickle.Open(pickle);
        Assert.Equal(new TensorInfo("w", TensorType.Int16, [3]), checkpoint.Tensors["w"]);
        Assert.Equal([0x0302, 0x0504, 0x0706], checkpoint.Values("w"));
    }

    [Theory]
    [InlineData("_rebuild_parameter")]
    [InlineData("_rebuild_parameter_with_state")]
    public void Reads_parameters_as_tensors(string function)
    {
        using var checkpoint = TestPickle.Open(TestPickle.Dictionary("w", p => p.Global("torch._utils", function).Op("(").Tensor([8], [1]).Raw(0x88).Op("NNtR")));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], checkpoint.Values("w"));
    }

    [Fact]
    public void Refuses_big_endian_numbers()
    {
        var file = new TestZip().Add("a/data.pkl", TestPickle.Dictionary("w", p => p.Tensor([8], [1]))).Add("a/byteorder", "big").Add("a/data/0", new byte[8]).Build();
        Assert.Contains("byte order 'big'; expected 'little'", Refused(file).Message);
    }

    [Fact]
    public void Refuses_compressed_or_encrypted_entries_with_the_remedy()
    {
        Assert.Contains("compressed or encrypted", Refused(new TestZip { Method = 8 }.Add("a/data.pkl", "x").Build()).Message);
        Assert.Contains("zip -0", Refused(new TestZip { Flags = 1 }.Add("a/data.pkl", "x").Build()).Message);
    }

    [Theory]
    [InlineData(true, 1L << 60)]
    [InlineData(true, long.MaxValue - 10)]
    [InlineData(true, long.MaxValue)]
    [InlineData(false, 4_000_000_000L)]
    [InlineData(false, 1_000_000L)]
    public void Refuses_a_zip_entry_when_it_claims_more_than_the_file_has(bool zip64, long extra)
    {
        var file = new TestZip { Zip64 = zip64, ExtraLength = extra }.Add("a/data.pkl", TestPickle.Dictionary("w", p => p.Tensor([8], [1]))).Add("a/data/0", new byte[8]).Build();
        Assert.StartsWith("Checkpoint 'bad'", Refused(file).Message);
    }

    [Fact]
    public void Refuses_an_archive_when_it_is_not_torch_s()
    {
        Assert.Contains("0 entries named 'data.pkl' among 1", Refused(new TestZip().Add("word/document.xml", "x").Build()).Message);
        Assert.Contains("2 entries named 'data.pkl'", Refused(new TestZip().Add("a/data.pkl", "x").Add("b/data.pkl", "x").Build()).Message);
        Assert.Contains("two zip entries named 'a/x'", Refused(new TestZip().Add("a/x", "x").Add("a/x", "y").Build()).Message);
    }

    [Fact]
    public void Refuses_two_tensors_when_they_have_the_same_name() =>
        TestPickle.AssertRefused(new TestPickle().Op("}(").Text("a.b").Tensor([8], [1]).Text("a").Op("}").Text("b").Tensor([8], [1]).Op("su.").Bytes, "two tensors named 'a.b'");

    [Theory]
    [InlineData("mixed_ordereddict.pt", 1)]
    [InlineData("nested.pt", 13)]
    public void Refuses_a_file_when_it_is_cut_off_anywhere(string file, int step) =>
        CheckpointAssert.AssertRefusedWhenCutOff(File.ReadAllBytes(Goldens.PathOf("pickle", file)), step);

    [Fact]
    public void Survives_a_file_when_any_byte_is_wrong()
    {
        var file = File.ReadAllBytes(Goldens.PathOf("pickle", "module_state_dict.pt"));
        for (var at = 0; at < file.Length; at++)
        {
            foreach (var flip in (byte[])[0x01, 0x80, 0xFF])
            {
                var damaged = file.ToArray();
                damaged[at] ^= flip;
                var error = Record.Exception(() =>
                {
                    using var checkpoint = Checkpoint.Open(new MemoryStream(damaged), "damaged");
                    foreach (var tensor in checkpoint.Tensors.Values.Where(t => t.Count < 1000)) { checkpoint.Values(tensor.Name); }
                });
                Assert.True(error is null or InvalidDataException, $"Byte {at} ^ {flip:x2}: {error}");
            }
        }
    }

    private static InvalidDataException Refused(byte[] file) =>
        Assert.Throws<InvalidDataException>(() => Checkpoint.Open(new MemoryStream(file), "bad").Dispose());
}
