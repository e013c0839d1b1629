using System.Text;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Onnx;
using DepthPro.Network.Tests.Checkpoints;
using DepthPro.Tests;

namespace DepthPro.Network.Tests;

/// <summary>Files made to take as much time and memory as their readers allow: refused within twice the file and a constant.</summary>
public sealed class BombTests : IDisposable
{
    private const long Constant = 160 << 20; // 70,000 tensors in a header take 142 MB, 1,048,576 objects of a pickle 76 MB

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[", "0,", "0],\"data_offsets\":[0,0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":", "[", "")]
    [InlineData("{\"a\":", "[],", "[]}")]
    [InlineData("{\"", "a", "\":[]}")]
    public void Refuses_a_safetensors_header_as_long_as_may_be(string start, string repeated, string end)
    {
        const int Limit = 4 << 20;
        var json = Encoding.ASCII.GetBytes(start + string.Concat(Enumerable.Repeat(repeated, (Limit - start.Length - end.Length) / repeated.Length)) + end);

        AssertRefused([.. BitConverter.GetBytes((long)json.Length), .. json], OpenCheckpoint);
    }

    [Fact]
    public void Refuses_a_safetensors_header_of_many_tensors_and_a_gap()
    {
        var json = Encoding.ASCII.GetBytes($"{{{string.Join(',', Enumerable.Range(0, 70_000).Select(i => $"\"{i}\":{{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}"))}}}");

        Assert.Contains("1 bytes of values; its header expects 0", AssertRefused([.. BitConverter.GetBytes((long)json.Length), .. json, 1], OpenCheckpoint).Message);
    }

    [Fact]
    public void Refuses_a_safetensors_header_beyond_the_limit()
    {
        const int Length = (4 << 20) + 1;
        Assert.Contains($"header of {Length} bytes", AssertRefused([.. BitConverter.GetBytes((long)Length), (byte)'{', .. new byte[Length]], OpenCheckpoint).Message);
    }

    [Theory]
    [InlineData("}", "more than 1048576 opcodes")]
    [InlineData("]\u0094", "more than 1048576 opcodes")]
    [InlineData("(t", "more than 1048576 opcodes")]
    [InlineData("K\u0001", "more than 1048576 opcodes")]
    [InlineData("X\0\0\0\0", "expected a dictionary")]
    public void Refuses_a_pickle_as_long_as_may_be(string repeated, string part)
    {
        const int Limit = 4 << 20;
        byte[] opcodes = [.. repeated.Select(c => (byte)c)];
        var pickle = new TestPickle().Raw([.. Enumerable.Repeat(opcodes, (Limit - 3) / opcodes.Length).SelectMany(o => o)]).Op(".").Bytes;

        AssertRefused(new TestZip().Add("a/data.pkl", pickle).Build(), OpenCheckpoint, part);
    }

    [Fact]
    public void Refuses_a_pickle_of_one_tensor_under_a_million_names() => AssertRefused(Pickle(p => p.Tensor([8], [1]), 1100), OpenCheckpoint, "names far longer than the pickle");

    [Fact]
    public void Refuses_a_pickle_of_one_list_in_itself_many_times() => AssertRefused(Pickle(p => p.Op("](K\u0001NK\u0002e"), 100_000), OpenCheckpoint, "names far longer than the pickle");

    [Fact]
    public void Refuses_a_pickle_whose_wrapper_holds_itself() =>
        AssertRefused(new TestZip().Add("a/data.pkl", new TestPickle().Op("}q\0").Text("state_dict").Op("h\0s.").Bytes).Build(), OpenCheckpoint, "deeper than 32 levels");

    [Fact]
    public void Refuses_a_zip_directory_as_long_as_may_be()
    {
        var zip = new TestZip();
        for (var i = 0; i < 80_000; i++) { zip.Add($"{i}", []); }

        AssertRefused(zip.Build(), OpenCheckpoint, "");
    }

    [Fact]
    public void Refuses_an_onnx_file_of_endless_fields()
    {
        var fields = new byte[8 << 20];
        for (var i = 0; i < fields.Length; i += 2) { fields[i] = 0x2A; } // an empty initializer
        byte[] file = [0x3A, 0x80, 0x80, 0x80, 0x04, .. fields];

        AssertRefused(file, onnx => OnnxInterface.Read(new MemoryStream(onnx), "bomb"), "more than 262144 fields");
    }

    [Fact]
    public void Refuses_a_network_json_of_more_than_a_megabyte()
    {
        File.WriteAllText(_folder["network.json"], new string(' ', (1 << 20) + 1));

        Assert.Contains("has 1048577 bytes; expected a network.json of at most 1048576", Assert.Throws<InvalidDataException>(() => ModelManifest.Read(_folder["network.json"])).Message);
        AssertRefused(Encoding.ASCII.GetBytes($"{{\"files\":[{string.Join(',', Enumerable.Repeat("{\"name\":\"\",\"bytes\":1,\"sha256\":\"\"}", 100_000))}]}}"), json => ModelManifest.Parse(Encoding.UTF8.GetString(json), "bomb"), "is no file name");
    }

    // A dictionary of many lists, which are all the same list, of one value many times.
    private static byte[] Pickle(Func<TestPickle, TestPickle> value, int times)
    {
        var pickle = value(new TestPickle().Op("}")).Op("q\0](");
        for (var i = 0; i < times; i++) { pickle.Op("h\0"); }
        pickle.Op("eq\u0001](");
        for (var i = 0; i < times; i++) { pickle.Op("h\u0001"); }
        pickle.Op("eq\u00020000}").Text("w").Op("h\u0002s.");
        return new TestZip().Add("a/data.pkl", pickle.Bytes).Add("a/data/0", new byte[8]).Build();
    }

    private static void OpenCheckpoint(byte[] file) => Checkpoint.Open(new MemoryStream(file), "bomb").Dispose();

    private static InvalidDataException AssertRefused(byte[] file, Action<byte[]> read, string part = "")
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidDataException>(() => read(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2L * file.Length + Constant);
        Assert.Contains(part, error.Message);
        return error;
    }
}
