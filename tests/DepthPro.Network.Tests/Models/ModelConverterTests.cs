using System.Text;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Modules;
using DepthPro.Network.Onnx;
using DepthPro.Network.Tests.Modules;
using DepthPro.Tests;

namespace DepthPro.Network.Tests.Models;

public sealed class ModelConverterTests : IDisposable
{
    private static readonly string Micro = Goldens.PathOf("micro", "depth_pro_fp16.pt");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Describes_every_file_it_writes()
    {
        var model = Convert("model", WeightPrecision.Float32);

        var manifest = ModelManifest.Read(Path.Combine(_folder["model"], ModelManifest.FileName));
        Assert.Equal(["patch_encoder.onnx", "patch_encoder.data", "image_encoder.onnx", "image_encoder.data", "decoder.onnx", "decoder.data", "field_of_view.onnx", "field_of_view.data"], manifest.Files.Select(f => f.Name));
        Assert.Equal(manifest.Files.Count + 1, Directory.GetFiles(_folder["model"]).Length);
        Assert.Equal(("fp32", "depth_pro_fp16.pt", Sha256.OfFile(Micro)), (manifest.Precision, manifest.SourceName, manifest.SourceSha256));
        Assert.Contains("MIT", manifest.Licence);
        Assert.Equal(ModelManifest.ConfigToJson(MicroNetwork.Config), ModelManifest.ConfigToJson(manifest.Network));
        Assert.Equal(Sha256.OfFile(Path.Combine(_folder["model"], ModelManifest.FileName)), model.Sha256);
        model.Verify();
    }

    [Fact]
    public void Halves_the_weights_when_they_are_stored_as_float16()
    {
        var (single, half) = (Convert("fp32", WeightPrecision.Float32), Convert("fp16", WeightPrecision.Float16));

        static long Data(DepthProModel model, bool decoder) => Files(model).Where(f => f.Name.EndsWith(".data", StringComparison.Ordinal) && f.Name.StartsWith(ModelParts.Decoder, StringComparison.Ordinal) == decoder).Sum(f => f.Bytes);
        Assert.InRange(Data(half, decoder: false), 0.5 * Data(single, decoder: false), 0.52 * Data(single, decoder: false)); // tensors are aligned
        Assert.InRange(Data(half, decoder: true), 0.5 * Data(single, decoder: true), 0.7 * Data(single, decoder: true));      // what is computed from weights is not rounded once more
        Assert.Equal("fp16", half.Precision);
    }

    [Fact]
    public void Halves_all_weights_when_it_computes_in_float16()
    {
        var (single, half) = (Convert("fp32", WeightPrecision.Float32), Convert("fp16-compute", WeightPrecision.Float16Compute));

        foreach (var (of32, of16) in Files(single).Zip(Files(half)).Where(pair => pair.First.Name.EndsWith(".data", StringComparison.Ordinal)))
        {
            Assert.InRange(of16.Bytes, 0.5 * of32.Bytes, 0.52 * of32.Bytes); // tensors are aligned
        }
        Assert.Equal("fp16-compute", half.Precision);
        var error = Assert.Throws<ArgumentException>(() => ModelConverter.ConvertToSafetensors(Micro, _folder["a.safetensors"], new() { Config = MicroNetwork.Config, Precision = WeightPrecision.Float16Compute }));
        Assert.Contains("not stored as fp16-compute; expected fp32 or fp16. Convert it to a model folder", error.Message);
    }

    [Fact]
    public void Stores_the_linear_layers_as_integers_when_asked()
    {
        var (single, rounded) = (Convert("fp32", WeightPrecision.Float32), Convert("int8", WeightPrecision.Int8));

        static long Bytes(DepthProModel model, string part) => Files(model).Single(f => f.Name == $"{part}.data").Bytes;
        Assert.InRange(Bytes(rounded, ModelParts.ImageEncoder), 0.25 * Bytes(single, ModelParts.ImageEncoder), 0.6 * Bytes(single, ModelParts.ImageEncoder)); // the embedding of patches stays as it is
        Assert.InRange(Bytes(rounded, ModelParts.Decoder), 0.3 * Bytes(single, ModelParts.Decoder), 0.9 * Bytes(single, ModelParts.Decoder)); // likewise all that are not residual convolutions
        Assert.Equal("int8", rounded.Precision);
        var error = Assert.Throws<InvalidDataException>(() => rounded.OpenCheckpoint());
        Assert.Contains("rounded to int8, from which no training goes on", error.Message);
    }

    [Theory]
    [InlineData(WeightPrecision.Int4WeightOnly, "int4-weight-only", 4)]
    [InlineData(WeightPrecision.Int8WeightOnly, "int8-weight-only", 8)]
    public void Stores_the_linear_layers_in_blocks_of_integers_when_asked(WeightPrecision precision, string name, int bits)
    {
        // The demo model's widths are whole blocks, as the published network's.
        DepthProModel.SaveDemoCheckpoint(_folder["demo.safetensors"]);
        DepthProModel Converted(WeightPrecision stored) => ModelConverter.Convert(_folder["demo.safetensors"], _folder[$"{stored}"], new() { Precision = stored });
        var (single, rounded) = (Converted(WeightPrecision.Float32), Converted(precision));

        const int Block = 32, Alignment = 64;
        foreach (var graph in DepthProNetwork.Parts(single.Config ?? new()))
        {
            long Bytes(DepthProModel model) => Files(model).Single(f => f.Name == $"{graph.Name}.data").Bytes;
            var linear = graph.Parameters.Where(parameter => parameter.Transposed).ToList();
            var saved = linear.Sum(parameter => parameter.Shape.Count * (sizeof(float) - bits / 8.0 - (double)sizeof(float) / Block));
            Assert.InRange(Bytes(single) - Bytes(rounded), saved - 2 * linear.Count * Alignment, saved + linear.Count * Alignment);
        }
        Assert.Equal(name, rounded.Precision);
        Assert.Contains($"rounded to {name}, from which no training goes on", Assert.Throws<InvalidDataException>(() => rounded.OpenCheckpoint()).Message);
    }

    [Fact]
    public void Uses_operators_of_onnx_alone_when_asked()
    {
        static bool IsPortable(DepthProModel model) => Directory.GetFiles(model.Path ?? "", "*.onnx").All(file => !Encoding.ASCII.GetString(File.ReadAllBytes(file)).Contains("com.microsoft", StringComparison.Ordinal));
        DepthProModel Converted(string name, ConversionOptions options) => ModelConverter.Convert(Micro, _folder[name], options with { Config = MicroNetwork.Config });

        Assert.True(IsPortable(Converted("portable", new() { Portable = true })));
        Assert.True(IsPortable(Converted("portable-fp16", new() { Portable = true, Precision = WeightPrecision.Float16 })));
        Assert.True(IsPortable(Converted("portable-fp16-compute", new() { Portable = true, Precision = WeightPrecision.Float16Compute })));
        Assert.True(IsPortable(Converted("single", new() { SingleFile = true })));
        Assert.True(IsPortable(Converted("single-fp16-compute", new() { SingleFile = true, Precision = WeightPrecision.Float16Compute })));
        Assert.False(IsPortable(Converted("fp32", new())));
        Assert.False(IsPortable(Converted("int8", new() { Precision = WeightPrecision.Int8 })));
    }

    [Theory]
    [InlineData(WeightPrecision.Int8, "int8")]
    [InlineData(WeightPrecision.Int4WeightOnly, "int4-weight-only")]
    [InlineData(WeightPrecision.Int8WeightOnly, "int8-weight-only")]
    public void Refuses_integers_where_no_operator_multiplies_them(WeightPrecision precision, string name)
    {
        var error = Assert.Throws<ArgumentException>(() => ModelConverter.Convert(Micro, _folder["model"], new() { Config = MicroNetwork.Config, Precision = precision, SingleFile = true }));
        Assert.Contains($"{name} is multiplied by an operator of ONNX Runtime's own; a single file has standard operators only", error.Message);
        error = Assert.Throws<ArgumentException>(() => ModelConverter.Convert(Micro, _folder["model"], new() { Config = MicroNetwork.Config, Precision = precision, Portable = true }));
        Assert.Contains($"{name} is multiplied by an operator of ONNX Runtime's own, and the model is to keep to standard operators", error.Message);
        Assert.Contains($"not stored as {name}", Assert.Throws<ArgumentException>(() => ModelConverter.ConvertToSafetensors(Micro, _folder["a.safetensors"], new() { Config = MicroNetwork.Config, Precision = precision })).Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Writes_the_same_bytes_twice()
        => Assert.Equal(Files(Convert("a", WeightPrecision.Float32)), Files(Convert("b", WeightPrecision.Float32)));

    [Fact]
    public void Leaves_nothing_behind_when_the_checkpoint_is_of_another_network()
    {
        var error = Assert.Throws<InvalidDataException>(() => ModelConverter.Convert(Micro, _folder["model"]));

        Assert.Contains("tensor 'encoder.patch_encoder.cls_token' is [1, 1, 36]; the network expects [1, 1, 1024].", error.Message);
        Assert.Contains("--config", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Names_what_is_missing_and_what_is_too_much()
    {
        using (var checkpoint = Checkpoint.Open(Micro))
        {
            float[] Read(TensorInfo info)
            {
                var values = new float[info.Count];
                if (checkpoint.Tensors.ContainsKey(info.Name)) { checkpoint.Read(info.Name, values); }
                return values;
            }
            List<TensorInfo> tensors = [.. checkpoint.Tensors.Values.Where(t => t.Name != "head.4.bias"), new("head.5.bias", TensorType.Float16, [3])];
            SafetensorsWriter.Write(_folder["changed.safetensors"], tensors, Read);
        }

        var error = Assert.Throws<InvalidDataException>(() => ModelConverter.Convert(_folder["changed.safetensors"], _folder["model"], new() { Config = MicroNetwork.Config }));

        Assert.Contains("1 tensors that the network needs are not in the checkpoint: 'head.4.bias'", error.Message);
        Assert.Contains("1 tensors of the checkpoint are not part of the network: 'head.5.bias'", error.Message);
    }

    [Theory]
    [InlineData(float.NaN, WeightPrecision.Float32, "expected finite values only")]
    [InlineData(float.NegativeInfinity, WeightPrecision.Float32, "expected finite values only")]
    [InlineData(float.NaN, WeightPrecision.Float16, "expected finite values only")]
    [InlineData(65536f, WeightPrecision.Float16, "float16 holds at most 65504. Convert it with --precision fp32")]
    [InlineData(65536f, WeightPrecision.Float32, null)]
    public void Refuses_a_value_that_is_not_finite_and_says_where(float value, WeightPrecision precision, string? part)
    {
        const string Tensor = "head.0.weight"; // [16, 32, 3, 3]
        using (var checkpoint = Checkpoint.Open(Micro))
        {
            var shape = checkpoint.Tensors[Tensor].Shape;
            SafetensorsWriter.Write(_folder["bad.safetensors"], [.. checkpoint.Tensors.Values.Select(t => t with { Type = TensorType.Float32 })], info =>
            {
                var values = new float[info.Count];
                checkpoint.Read(info.Name, values);
                if (info.Name == Tensor) { values[(2 * shape[1] + 5) * shape[2] * shape[3] + shape[3] + 2] = values[^1] = value; }
                return values;
            });
        }
        void Convert() => ModelConverter.Convert(_folder["bad.safetensors"], _folder["model"], new() { Config = MicroNetwork.Config, Precision = precision });
        if (part is null)
        {
            Convert();
            return;
        }
        var error = Assert.Throws<InvalidDataException>(Convert);
        Assert.Contains($"Checkpoint '{_folder["bad.safetensors"]}' has {value} at index [2, 5, 1, 2] of tensor '{Tensor}'; {part}", error.Message);
        Assert.Equal(error.Message, Assert.Throws<InvalidDataException>(() =>
            ModelConverter.ConvertToSafetensors(_folder["bad.safetensors"], _folder["again.safetensors"], new() { Config = MicroNetwork.Config, Precision = precision })).Message);
        Assert.Equal(["bad.safetensors"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Leaves_nothing_behind_when_it_is_interrupted()
    {
        Assert.Throws<OperationCanceledException>(() => ModelConverter.Convert(Micro, _folder["model"], new() { Config = MicroNetwork.Config }, new InterruptedProgress()));

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Refuses_a_folder_that_holds_something()
    {
        File.WriteAllText(_folder["precious.txt"], "keep me");

        var error = Assert.Throws<IOException>(() => ModelConverter.Convert(Micro, _folder.Path, new() { Config = MicroNetwork.Config }));

        Assert.Contains("not an empty folder", error.Message);
        Assert.Equal(["precious.txt"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Carries_the_sizes_in_a_rewritten_checkpoint_so_that_it_converts_by_itself()
    {
        ModelConverter.ConvertToSafetensors(Goldens.PathOf("micro", "model_hf.safetensors"), _folder["micro.safetensors"], new() { Config = MicroNetwork.Config, Precision = WeightPrecision.Float16 });

        var again = ModelConverter.Convert(_folder["micro.safetensors"], _folder["again"]);

        Assert.Equal(Files(Convert("direct", WeightPrecision.Float32)), Files(again));
    }

    [Fact]
    public void Holds_every_tensor_of_the_published_checkpoint_and_no_other()
    {
        var published = File.ReadLines(Goldens.PathOf("names", "apple_full_state_dict_keys.txt")).Select(line => line.Split('\t'))
            .Where(fields => fields.Length == 3 && !fields[0].StartsWith("decoder.fusions.4.resnet1.", StringComparison.Ordinal)).ToDictionary(f => f[0], f => f[2]);

        var ours = DepthProNetwork.Parts(new()).SelectMany(g => g.Parameters).ToDictionary(p => p.Path, p => p.CheckpointShape.ToString());

        Assert.True(published.Count > 1000, $"The list of names holds {published.Count}.");
        Assert.Equal(published.OrderBy(p => p.Key, StringComparer.Ordinal), ours.OrderBy(p => p.Key, StringComparer.Ordinal));
        Assert.Equal(ours.Keys.Order(StringComparer.Ordinal), DepthProNetwork.Whole(new()).Parameters.Select(p => p.Path).Order(StringComparer.Ordinal));
    }

    private static IReadOnlyList<ModelFile> Files(DepthProModel model) => model.Manifest?.Files ?? [];

    private DepthProModel Convert(string name, WeightPrecision precision)
        => ModelConverter.Convert(Micro, _folder[name], new() { Config = MicroNetwork.Config, Precision = precision });

    private sealed class InterruptedProgress : IProgress<double>
    {
        public void Report(double value)
        {
            if (value > 0.5) { throw new OperationCanceledException(); }
        }
    }
}
