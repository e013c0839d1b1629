using DepthPro.Network.Checkpoints;
using DepthPro.Tests;

namespace DepthPro.Network.Tests.Checkpoints;

public sealed class HuggingFaceNamesTests
{
    private static readonly (string Apple, string HuggingFace, int[] Shape)[] Published =
    [
        .. File.ReadLines(Goldens.PathOf("names", "apple_to_hf_keys_full.txt")).Select(line => line.Split('\t'))
            .Select(columns => (columns[0], columns[1], columns[2].Trim('[', ']').Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray())),
    ];

    [Fact]
    public void Gives_Apple_s_name_for_each_published_name() =>
        Assert.All(Published, names => Assert.Equal(names.Apple, HuggingFaceNames.Rename(names.HuggingFace).Apple));

    [Fact]
    public void Presents_each_Apple_tensor_once_with_its_shape_when_given_the_published_names()
    {
        using var checkpoint = HuggingFaceNames.WithAppleNames(new NamesOnly(Published.Select(names => new TensorInfo(names.HuggingFace, TensorType.Float16, names.Shape))));
        var expected = File.ReadLines(Goldens.PathOf("names", "apple_full_state_dict_keys.txt")).Select(line => line.Split('\t')).ToDictionary(columns => columns[0], columns => columns[2]);
        Assert.Equal(1119, checkpoint.Tensors.Count);
        Assert.Equal(expected.Keys.Order(), checkpoint.Tensors.Keys.Order());
        Assert.All(checkpoint.Tensors.Values, tensor => Assert.Equal(expected[tensor.Name], $"[{string.Join(", ", tensor.Shape)}]"));
    }

    [Fact]
    public void Concatenates_query_key_and_value_in_this_order_whatever_the_file_s_order()
    {
        const string Layer = "depth_pro.encoder.patch_encoder.model.encoder.layer.117.attention.attention.";
        using var checkpoint = HuggingFaceNames.WithAppleNames(new NamesOnly(
            new[] { "value", "query", "key" }.Select(part => new TensorInfo($"{Layer}{part}.bias", TensorType.Float32, [2]))));
        Assert.Equal([new TensorInfo("encoder.patch_encoder.blocks.117.attn.qkv.bias", TensorType.Float32, [6])], checkpoint.Tensors.Values);
        Assert.Equal([1, 1, 2, 2, 0, 0], checkpoint.Values("encoder.patch_encoder.blocks.117.attn.qkv.bias"));
    }

    [Fact]
    public void Refuses_an_incomplete_or_unequal_query_key_value()
    {
        TensorInfo Part(string part, params int[] shape) => new($"fov_model.fov_encoder.model.encoder.layer.0.attention.attention.{part}.weight", TensorType.Float16, shape);
        var missing = Assert.Throws<InvalidDataException>(() => HuggingFaceNames.WithAppleNames(new NamesOnly([Part("query", 4, 4), Part("value", 4, 4)])));
        Assert.Contains("lacks key of 'fov.encoder.0.blocks.0.attn.qkv.weight'", missing.Message);
        var unequal = Assert.Throws<InvalidDataException>(() => HuggingFaceNames.WithAppleNames(new NamesOnly([Part("query", 4, 4), Part("key", 4, 4), Part("value", 4, 5)])));
        Assert.Contains("value.weight [4, 5] float16; expected the shape and type of", unequal.Message);
        Assert.Contains("query.weight [4, 4] float16", unequal.Message);
    }

    [Fact]
    public void Refuses_a_mixture_of_both_sets_of_names()
    {
        var error = Assert.Throws<InvalidDataException>(() => HuggingFaceNames.WithAppleNames(new NamesOnly(
            [new TensorInfo("head.layers.0.weight", TensorType.Float32, [1]), new TensorInfo("head.0.weight", TensorType.Float32, [1])])));
        Assert.Contains("'head.0.weight', which stands for 'head.0.weight', although another tensor does too ('head.layers.0.weight')", error.Message);
    }

    [Fact]
    public void Leaves_Apple_s_and_unknown_names_as_they_are()
    {
        Assert.All(File.ReadLines(Goldens.PathOf("names", "apple_full_state_dict_keys.txt")).Select(line => line.Split('\t')[0]).Append("depth_pro.encoder.something.new"),
            name => Assert.Equal((name, null), HuggingFaceNames.Rename(name)));
    }

    /// <summary>Tensors whose every value is their place in the list.</summary>
    private sealed class NamesOnly(IEnumerable<TensorInfo> tensors) : Checkpoint("names")
    {
        private readonly TensorInfo[] _tensors = [.. tensors];

        public override string Format => "names";

        public override IReadOnlyDictionary<string, TensorInfo> Tensors => _tensors.ToDictionary(tensor => tensor.Name);

        public override IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string>();

        public override void Read(string name, Span<float> destination) => destination.Fill(Array.IndexOf(_tensors, Require(name, destination.Length)));
    }
}
