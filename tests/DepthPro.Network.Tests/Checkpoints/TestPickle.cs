using System.Buffers.Binary;
using System.Text;
using DepthPro.Network.Checkpoints;

namespace DepthPro.Network.Tests.Checkpoints;

/// <summary>Assembles pickles opcode by opcode, and torch files around them.</summary>
internal sealed class TestPickle
{
    private readonly List<byte> _bytes = [0x80, 2];

    public byte[] Bytes => [.. _bytes];

    /// <summary>The pickle in an archive with one storage of eight bytes, 0 to 7.</summary>
    public static Checkpoint Open(byte[] pickle, string storage = "0") => Checkpoint.Open(new MemoryStream(
        new TestZip().Add("archive/data.pkl", pickle).Add("archive/byteorder", "little").Add($"archive/data/{storage}", [0, 1, 2, 3, 4, 5, 6, 7]).Build()), "evil.pt");

    public static InvalidDataException AssertRefused(byte[] pickle, params string[] parts)
    {
        var error = Assert.Throws<InvalidDataException>(() => Open(pickle).Dispose());
        Assert.StartsWith("Checkpoint 'evil.pt'", error.Message);
        foreach (var part in parts) { Assert.Contains(part, error.Message); }
        return error;
    }

    public TestPickle Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public TestPickle Op(string opcodes) => Raw(Encoding.ASCII.GetBytes(opcodes));

    public TestPickle Text(string text) => Op("X").Raw(LittleEndian(Encoding.UTF8.GetByteCount(text))).Raw(Encoding.UTF8.GetBytes(text));

    public TestPickle Int(int value) => Op("J").Raw(LittleEndian(value));

    public TestPickle Long(long value)
    {
        var digits = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(digits, value);
        return Raw(0x8a, 8).Raw(digits);
    }

    public TestPickle Global(string module, string name) => Op($"c{module}\n{name}\n");

    public TestPickle Tuple(params long[] values)
    {
        Op("(");
        foreach (var value in values) { Long(value); }
        return Op("t");
    }

    /// <summary>A tensor as _rebuild_tensor_v2 writes it.</summary>
    public TestPickle Tensor(
        long[] shape, long[] strides, long offset = 0, long count = 8, string storageType = "ByteStorage", string key = "0") =>
        Global("torch._utils", "_rebuild_tensor_v2").Op("((").Text("storage").Global("torch", storageType).Text(key).Text("cpu").Long(count).Op("tQ")
            .Long(offset).Tuple(shape).Tuple(strides).Raw(0x89).Global("collections", "OrderedDict").Op(")RtR");

    /// <summary>The dictionary {name: value}, and the end.</summary>
    public static byte[] Dictionary(string name, Func<TestPickle, TestPickle> value) => value(new TestPickle().Op("}").Text(name)).Op("s.").Bytes;

    private static byte[] LittleEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
