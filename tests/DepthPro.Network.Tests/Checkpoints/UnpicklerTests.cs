namespace DepthPro.Network.Tests.Checkpoints;

public sealed class UnpicklerTests
{
    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "getattr")]
    [InlineData("torch", "load")]
    [InlineData("torch._utils", "_rebuild_tensor_v2.__globals__")]
    [InlineData("depth_pro.depth_pro", "DepthPro")]
    public void Refuses_a_global_by_name_when_it_is_not_allowed(string module, string name) =>
        TestPickle.AssertRefused(new TestPickle().Global(module, name).Op("(").Text("echo pwned").Op("tR.").Bytes,
            "archive/data.pkl", $"global '{module}.{name}' at byte 2", "only collections.OrderedDict", "Nothing was executed", "model.state_dict()");

    [Fact]
    public void Refuses_a_global_by_name_when_its_name_comes_from_the_stack() =>
        TestPickle.AssertRefused(new TestPickle().Text("posix").Text("system").Raw(0x93).Text("id").Raw(0x85).Op("R.").Bytes, "'posix.system' at byte 23");

    [Theory]
    [InlineData(new byte[] { (byte)'i' }, "INST")]
    [InlineData(new byte[] { (byte)'(', (byte)'o' }, "OBJ")]
    [InlineData(new byte[] { 0x81 }, "NEWOBJ")]
    [InlineData(new byte[] { 0x92 }, "NEWOBJ_EX")]
    [InlineData(new byte[] { 0x82, 1 }, "EXT")]
    [InlineData(new byte[] { (byte)'P' }, "PERSID")]
    [InlineData(new byte[] { (byte)'I', (byte)'1', (byte)'\n' }, "INT")]
    [InlineData(new byte[] { 0x97 }, "NEXT_BUFFER")]
    [InlineData(new byte[] { 0xFE }, "unknown (0xfe)")]
    public void Refuses_an_opcode_by_name_when_torch_does_not_write_it(byte[] opcodes, string name) =>
        TestPickle.AssertRefused(new TestPickle().Raw(opcodes).Op(".").Bytes, $"opcode {name}", "byte ", "nothing was executed");

    [Theory]
    [InlineData("R.", "too few values")]
    [InlineData(")0R.", "too few values")]
    [InlineData("(R.", "too few values")]
    [InlineData("t.", "no mark")]
    [InlineData(".", "too few values")]
    [InlineData("))R.", "calls a tuple")]
    [InlineData("}e.", "no mark")]
    [InlineData("}N(ue.", "sets 0 keys")]
    [InlineData("](NNNu.", "of a list")]
    [InlineData("})a.", "appends to a dict")]
    [InlineData("h\u0007.", "memo 7 was never set")]
    [InlineData("NNb.", "sets attributes of None")]
    [InlineData("NQ.", "persistent id is None")]
    [InlineData("N.", "holds None; expected a dictionary")]
    [InlineData("].", "holds a list; expected a dictionary")]
    [InlineData("X\u007f\u007f\u007f\u007fabc", "cut off")]
    [InlineData("Tabc\u007fabc", "cut off")]
    [InlineData("cos", "cut off")]
    [InlineData("", "cut off")]
    public void Refuses_a_pickle_when_it_makes_no_sense(string opcodes, string part) => TestPickle.AssertRefused(new TestPickle().Op(opcodes).Bytes, part);

    [Fact]
    public void Refuses_lengths_when_they_are_negative_or_huge()
    {
        TestPickle.AssertRefused(new TestPickle().Raw(0x8b, 0xFF, 0xFF, 0xFF, 0xFF).Op(".").Bytes, "needs -1 bytes");
        TestPickle.AssertRefused(new TestPickle().Raw(0x8d).Raw(BitConverter.GetBytes(long.MaxValue)).Op(".").Bytes, $"needs {long.MaxValue} bytes");
        TestPickle.AssertRefused(new TestPickle().Raw(0x8e).Raw(BitConverter.GetBytes(-1L)).Op(".").Bytes, "needs -1 bytes");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    public void Refuses_a_protocol_when_it_is_not_2_to_5(byte protocol) =>
        TestPickle.AssertRefused([0x80, protocol, (byte)'}', (byte)'.'], $"protocol {protocol}; expected 2 to 5");

    [Fact]
    public void Refuses_a_call_when_its_arguments_are_not_torch_s()
    {
        TestPickle.AssertRefused(new TestPickle().Global("torch._utils", "_rebuild_tensor_v2").Op(")R.").Bytes, "_rebuild_tensor_v2' is called with ()");
        TestPickle.AssertRefused(new TestPickle().Global("torch", "FloatStorage").Op(")R.").Bytes, "'torch.FloatStorage' is called");
        TestPickle.AssertRefused(TestPickle.Dictionary("w", p => p.Global("torch._utils", "_rebuild_parameter").Text("x").Raw(0x85).Op("R")), "called with ('x')");
    }

    [Fact]
    public void Refuses_a_dictionary_when_it_contains_itself() =>
        TestPickle.AssertRefused(new TestPickle().Op("}q\u0000").Text("a").Op("h\u0000s.").Bytes, "deeper than 32 levels");

    [Fact]
    public void Refuses_shared_dictionaries_when_they_describe_exponentially_many_tensors()
    {
        var pickle = new TestPickle().Op("}(").Text("a").Tensor([8], [1]).Op("uq\u0000");
        for (byte level = 1; level < 30; level++)
        {
            pickle.Op("}(");
            for (var k = 0; k < 8; k++) { pickle.Text($"{k}").Op("h").Raw((byte)(level - 1)); }
            pickle.Op("uq").Raw(level);
        }
        TestPickle.AssertRefused(pickle.Op(".").Bytes, "names far longer than the pickle");
    }

    [Fact]
    public void Reads_every_kind_of_value_that_surrounds_tensors()
    {
        var pickle = new TestPickle().Raw(0x95).Raw(new byte[8]).Op("}(")
            .Text("none").Op("N").Text("tuple").Op("NN").Raw(0x86).Text("big").Raw(0x8a, 9).Raw(new byte[9]).Text("negative").Raw(0x8a, 1, 0xFF)
            .Text("bytes").Op("C\u0002ab").Text("set").Raw(0x8f).Op("(K\u0001").Raw(0x90).Text("size").Global("torch", "Size").Tuple(1, 2).Raw(0x85).Op("R")
            .Text("dtype").Global("torch", "float16").Text("device").Global("torch", "device").Text("cpu").Raw(0x85).Op("R")
            .Text("ordered").Global("collections", "OrderedDict").Op(")R}").Text("_metadata").Op("}sb")
            .Text("w").Tensor([8], [1]).Op("u.").Bytes;
        using var checkpoint = TestPickle.Open(pickle);
        Assert.Equal(["w"], checkpoint.Tensors.Keys);
    }

    [Fact]
    public void Survives_random_bytes()
    {
        var random = new Random(1);
        for (var k = 0; k < 3000; k++)
        {
            var pickle = new byte[random.Next(1, 200)];
            random.NextBytes(pickle);
            var error = Record.Exception(() => TestPickle.Open([0x80, 2, .. pickle]).Dispose());
            Assert.True(error is null or InvalidDataException, $"{Convert.ToHexString(pickle)}: {error}");
        }
    }
}
