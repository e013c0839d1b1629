using System.Text;
using DepthPro.Network.Checkpoints;
using DepthPro.Tests;

namespace DepthPro.Network.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Theory]
    [InlineData("depth_pro.pt", "torch zip", TensorType.Float32)]
    [InlineData("depth_pro_fp16.pt", "torch zip", TensorType.Float16)]
    [InlineData("model_hf.safetensors", "safetensors", TensorType.Float16)]
    public void Reads_the_same_network_when_stored_in_another_format(string file, string format, TensorType type)
    {
        using var expected = Checkpoint.Open(Goldens.PathOf("micro", "model.safetensors"));
        using var got = Checkpoint.Open(Goldens.PathOf("micro", file));
        Assert.Equal(format, got.Format);
        Assert.Equal(Goldens.PathOf("micro", file), got.Name);
        Assert.All(got.Tensors.Values, tensor => Assert.Equal(type, tensor.Type));
        CheckpointAssert.AssertSameTensors(expected, got);
    }

    [Fact]
    public void Keeps_the_order_of_the_file()
    {
        using var checkpoint = Checkpoint.Open(Goldens.PathOf("micro", "depth_pro.pt"));
        var published = File.ReadLines(Goldens.PathOf("names", "apple_full_state_dict_keys.txt")).Select(line => line.Split('\t')[0]);
        Assert.Equal(published.Where(checkpoint.Tensors.ContainsKey), checkpoint.Tensors.Keys);
    }

    [Fact]
    public void Recognises_content_and_not_the_name_when_opening()
    {
        using var checkpoint = Checkpoint.Open(File.OpenRead(Goldens.PathOf("pickle", "mixed.safetensors")), "resource.pt");
        Assert.Equal("safetensors", checkpoint.Format);
        Assert.Equal("resource.pt", checkpoint.Name);
    }

    [Fact]
    public void Refuses_the_legacy_format_with_the_remedy()
    {
        var error = Assert.Throws<InvalidDataException>(() => Checkpoint.Open(Goldens.PathOf("pickle", "legacy_nonzip.pt")));
        Assert.Contains("legacy_nonzip.pt", error.Message);
        Assert.Contains("legacy format of torch.save", error.Message);
        Assert.Contains("torch.save(torch.load(", error.Message);
    }

    [Theory]
    [InlineData("", "0 bytes long")]
    [InlineData("PK", "2 bytes long")]
    [InlineData("<!DOCTYPE html>", "begins with '<!DOCTYPE html>'")]
    [InlineData("\u0089PNG\r\n\u001a\n1234567890", "begins with '.PNG....12345678'")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00", "git lfs pull")]
    public void Says_what_it_found_when_the_format_is_unknown(string content, string part)
    {
        var error = Assert.Throws<InvalidDataException>(() => Checkpoint.Open(new MemoryStream(Encoding.Latin1.GetBytes(content)), "weights"));
        Assert.StartsWith("Checkpoint 'weights'", error.Message);
        Assert.Contains(part, error.Message);
    }

    [Fact]
    public void Names_the_file_when_it_is_missing()
    {
        Assert.Contains("'nowhere/x.pt' does not exist", Assert.Throws<FileNotFoundException>(() => Checkpoint.Open("nowhere/x.pt")).Message);
        Assert.Contains("is a folder", Assert.Throws<FileNotFoundException>(() => Checkpoint.Open(Goldens.PathOf("micro"))).Message);
        Assert.ThrowsAny<ArgumentException>(() => Checkpoint.Open(""));
    }

    [Fact]
    public void Lists_the_nearest_names_when_a_tensor_is_unknown()
    {
        using var checkpoint = Checkpoint.Open(Goldens.PathOf("micro", "model.safetensors"));
        var error = Assert.Throws<ArgumentException>(() => checkpoint.Read("encoder.fuse_lowress.weight", new float[1]));
        Assert.Contains("no tensor 'encoder.fuse_lowress.weight'", error.Message);
        Assert.Contains("the nearest names are 'encoder.fuse_lowres.weight'", error.Message);
    }

    [Fact]
    public void Says_found_and_expected_when_the_destination_has_another_length()
    {
        using var checkpoint = Checkpoint.Open(Goldens.PathOf("micro", "model.safetensors"));
        var error = Assert.Throws<ArgumentException>(() => checkpoint.Read("encoder.patch_encoder.patch_embed.proj.weight", new float[7]));
        Assert.Contains("encoder.patch_encoder.patch_embed.proj.weight [36, 3, 16, 16] float32", error.Message);
        Assert.Contains("has 7 floats; expected 27648", error.Message);
    }

    [Theory]
    [InlineData("depth_pro_fp16.pt")]
    [InlineData("model_hf.safetensors")]
    public void Reads_from_several_threads_when_opened_once(string file)
    {
        using var expected = Checkpoint.Open(Goldens.PathOf("micro", "model.safetensors"));
        using var checkpoint = Checkpoint.Open(Goldens.PathOf("micro", file));
        var values = expected.Tensors.Keys.ToDictionary(name => name, name => expected.Values(name));
        Parallel.ForEach(values, new ParallelOptions { MaxDegreeOfParallelism = 4 }, pair => CheckpointAssert.AssertSame(pair.Key, pair.Value, checkpoint.Values(pair.Key)));
    }

    [Fact]
    public void Closes_the_stream_when_disposed_or_refused()
    {
        var stream = File.OpenRead(Goldens.PathOf("micro", "model.safetensors"));
        var checkpoint = Checkpoint.Open(stream, "micro");
        checkpoint.Dispose();
        Assert.False(stream.CanRead);
        Assert.Throws<ObjectDisposedException>(() => checkpoint.Values("head.4.bias"));

        var refused = new MemoryStream(new byte[100]);
        Assert.Throws<InvalidDataException>(() => Checkpoint.Open(refused, "zeros"));
        Assert.False(refused.CanRead);
    }

    [Fact]
    public void Compares_and_prints_tensors_by_name_type_and_shape()
    {
        var tensor = new TensorInfo("encoder.x", TensorType.Float16, [1024, 3, 16, 16]);
        Assert.Equal("encoder.x [1024, 3, 16, 16] float16", tensor.ToString());
        Assert.Equal(1024 * 3 * 16 * 16, tensor.Count);
        Assert.Equal(new TensorInfo("encoder.x", TensorType.Float16, new List<int> { 1024, 3, 16, 16 }), tensor);
        Assert.NotEqual(tensor with { Shape = [1024, 768] }, tensor);
        Assert.Equal(1, new TensorInfo("s", TensorType.Bool, []).Count);
        Assert.Equal(0, new TensorInfo("e", TensorType.Bool, [int.MaxValue, int.MaxValue, int.MaxValue, 0]).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorInfo("n", TensorType.Bool, [-1]));
    }
}
