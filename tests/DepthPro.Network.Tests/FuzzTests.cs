using System.IO.Compression;
using System.Text;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Modules;
using DepthPro.Network.Onnx;
using DepthPro.Network.Tests.Checkpoints;
using DepthPro.Network.Tests.Modules;
using DepthPro.Tests;
using Xunit.Abstractions;

namespace DepthPro.Network.Tests;

/// <summary>Every reader of files, given damaged ones: a few hundred always, as many as are asked for on request.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Always = 400;

    private static readonly byte[][] Words = [.. new[] { "{", "[", "\"", ",", "null", "-1", "1e9", "9223372036854775807", "\\ud800", "collections\nOrderedDict\n", "torch._utils\n_rebuild_tensor_v2\n", "os\nsystem\n", "data_offsets", "__metadata__" }.Select(Encoding.UTF8.GetBytes)];

    private static readonly Dictionary<string, Func<MutationFuzz>> Readers = new()
    {
        ["safetensors"] = () => new("safetensors", [Golden("mixed.safetensors"), SmallSafetensors, HuggingFaceSafetensors], ReadCheckpoint) { Words = Words },
        ["torch zip"] = () => new("torch zip", [Golden("mixed_dict.pt"), Golden("mixed_ordereddict.pt"), Golden("module_state_dict.pt"), Golden("nested.pt"), Zip64], ReadCheckpoint) { Words = Words },
        ["pickle"] = () => new("pickle", [Pickle("mixed_dict.pt"), TestPickle.Dictionary("w", p => p.Tensor([2, 4], [4, 1], count: FirstStorage)), EveryOpcode], ReadCheckpoint) { Words = Words, Wrap = WithStorages },
        ["network.json"] = () => new("network.json", [File.ReadAllBytes(Goldens.PathOf("micro", "network.json")), Manifest], json => ModelManifest.Parse(Encoding.UTF8.GetString(json), "fuzz")) { Words = Words },
        ["onnx interface"] = () => new("onnx interface", [Onnx("patch_encoder"), Onnx("field_of_view"), SmallOnnx], onnx => OnnxInterface.Read(new MemoryStream(onnx), "fuzz")),
    };

    public static TheoryData<string> Names => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Refuses_damaged_files_clearly_in_time_and_memory(string reader) => output.WriteLine(Readers[reader]().Run(Always, seed: 0));

    [FuzzFact]
    public void Refuses_as_many_damaged_files_as_asked_for()
    {
        foreach (var reader in Readers.Values) { output.WriteLine(reader().Run(FuzzFactAttribute.Inputs, FuzzFactAttribute.Seed)); }
    }

    private static void ReadCheckpoint(byte[] file)
    {
        const int Most = 1 << 14;
        Span<float> values = stackalloc float[Most];
        using var checkpoint = Checkpoint.Open(new MemoryStream(file), "fuzz");
        foreach (var tensor in checkpoint.Tensors.Values)
        {
            if (tensor.Count <= Most) { checkpoint.Read(tensor.Name, values[..(int)tensor.Count]); }
        }
    }

    private static byte[] Golden(string file) => File.ReadAllBytes(Goldens.PathOf("pickle", file));

    private static byte[] Pickle(string file)
    {
        using var archive = ZipFile.OpenRead(Goldens.PathOf("pickle", file));
        return Content(archive.Entries.Single(e => e.Name == "data.pkl"));
    }

    private static byte[] WithStorages(byte[] pickle)
    {
        var zip = new TestZip().Add("archive/data.pkl", pickle);
        foreach (var (name, content) in Storages) { zip.Add(name, content); }
        return zip.Build();
    }

    private static readonly List<(string Name, byte[] Content)> Storages = ReadStorages();

    private static int FirstStorage => Storages.Single(s => s.Name == "archive/data/0").Content.Length;

    private static List<(string, byte[])> ReadStorages()
    {
        using var archive = ZipFile.OpenRead(Goldens.PathOf("pickle", "mixed_dict.pt"));
        return [.. archive.Entries.Where(e => e.FullName.Contains("/data/", StringComparison.Ordinal)).Select(e => ($"archive/data/{e.Name}", Content(e)))];
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] SmallSafetensors => Safetensors("""{"__metadata__":{"network":"{}"},"b":{"dtype":"F16","shape":[2,1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 8);

    private static byte[] HuggingFaceSafetensors => Safetensors($"{{{string.Join(',', new[] { "query", "key", "value" }.Select((part, i) =>
        $"\"depth_pro.encoder.patch_encoder.model.encoder.layer.0.attention.attention.{part}.bias\":{{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[{4 * i},{4 * i + 4}]}}"))}}}", 12);

    private static byte[] Safetensors(string header, int values) => [.. BitConverter.GetBytes((long)header.Length), .. Encoding.ASCII.GetBytes(header), .. new byte[values]];

    private static byte[] Zip64 => new TestZip { Zip64 = true }.Add("a/data.pkl", TestPickle.Dictionary("w", p => p.Tensor([8], [1]))).Add("a/data/0", [0, 1, 2, 3, 4, 5, 6, 7]).Build();

    private static byte[] EveryOpcode => new TestPickle().Raw(0x95).Raw(new byte[8]).Op("}(").Text("tuple").Op("NN").Raw(0x86).Text("big").Raw(0x8a, 9).Raw(new byte[9]).Text("bytes").Op("C\u0002ab")
        .Text("set").Raw(0x8f).Op("(K\u0001").Raw(0x90).Text("size").Global("torch", "Size").Tuple(1, 2).Raw(0x85).Op("Rq\u0001").Text("dtype").Text("torch").Text("float16").Raw(0x93)
        .Text("memo").Op("h\u0001").Text("ordered").Global("collections", "OrderedDict").Op(")R}").Text("_metadata").Op("}sb").Text("list").Op("](K\u0001e").Text("w").Tensor([8], [1], count: FirstStorage).Op("u.").Bytes;

    private static byte[] Manifest => Encoding.UTF8.GetBytes(new ModelManifest
    {
        Network = new() { ImageEncoder = new() { Depth = 3 } },
        Precision = "fp16",
        Files = [new("decoder.onnx", 12, new string('a', 64))],
        SourceName = "x.pt",
    }.ToJson());

    private static byte[] Onnx(string part)
    {
        using var model = new MemoryStream();
        OnnxWriter.Write(DepthProNetwork.Parts(MicroNetwork.Config).Single(graph => graph.Name == part), model, Stream.Null, "weights", (_, _) => { });
        return model.ToArray();
    }

    private static byte[] SmallOnnx
    {
        get
        {
            static OnnxMessage Tensor(string name, params int[] shape)
            {
                var dimensions = new OnnxMessage();
                foreach (var size in shape) { dimensions.Message(1, new OnnxMessage().Integer(1, size)); }
                return new OnnxMessage().Text(1, name).Message(2, new OnnxMessage().Message(1, new OnnxMessage().Integer(1, 1).Message(2, dimensions)));
            }
            var graph = new OnnxMessage().Message(11, Tensor("pixel_values", 1, 3, 64, 64)).Message(12, Tensor("predicted_depth", 64, 64)).Message(12, Tensor("focallength_px", 1));
            using var file = new MemoryStream();
            new OnnxMessage().Integer(1, 9).Message(7, graph).WriteTo(file);
            return file.ToArray();
        }
    }
}
