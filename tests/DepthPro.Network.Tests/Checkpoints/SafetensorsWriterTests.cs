using System.Buffers.Binary;
using DepthPro.Network.Checkpoints;
using DepthPro.Tests;

namespace DepthPro.Network.Tests.Checkpoints;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("depthpro-safetensors-").FullName;

    private string Target => Path.Combine(_folder, "x.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Reads_back_what_it_wrote(int seed)
    {
        var random = new Random(seed);
        TensorInfo[] tensors = [.. Enumerable.Range(0, random.Next(0, 20)).Select(k => new TensorInfo(
            $"tensor.{k} \"ü+\n{random.Next()}", random.Next(2) == 0 ? TensorType.Float32 : TensorType.Float16,
            [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => random.Next(0, 9))]))];
        var values = tensors.ToDictionary(t => t.Name, t => RandomValues(random, (int)t.Count));
        var metadata = new Dictionary<string, string> { ["format"] = "pt", ["licence"] = "näive \u2603" };

        SafetensorsWriter.Write(Target, tensors, t => values[t.Name], metadata);

        using var checkpoint = Checkpoint.Open(Target);
        Assert.Equal(tensors, checkpoint.Tensors.Values);
        Assert.Equal(metadata, checkpoint.Metadata);
        foreach (var tensor in tensors)
        {
            float[] expected = tensor.Type == TensorType.Float32 ? values[tensor.Name] : [.. values[tensor.Name].Select(v => (float)(Half)v)];
            CheckpointAssert.AssertSame(tensor.Name, expected, checkpoint.Values(tensor.Name));
        }
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Writes_large_tensors_in_pieces_without_a_seam()
    {
        var random = new Random(7);
        var values = RandomValues(random, 100_003);
        TensorInfo[] tensors = [new("half", TensorType.Float16, [values.Length]), new("single", TensorType.Float32, [values.Length, 1])];
        SafetensorsWriter.Write(Target, tensors, _ => values);
        using var checkpoint = Checkpoint.Open(Target);
        CheckpointAssert.AssertSame("half", [.. values.Select(v => (float)(Half)v)], checkpoint.Values("half"));
        CheckpointAssert.AssertSame("single", values, checkpoint.Values("single"));
        Assert.Empty(checkpoint.Metadata);
    }

    [Fact]
    public void Writes_the_same_values_as_the_reference_library()
    {
        using var reference = Checkpoint.Open(Goldens.PathOf("micro", "model.safetensors"));
        SafetensorsWriter.Write(Target, [.. reference.Tensors.Values], t => reference.Values(t.Name), reference.Metadata);
        Assert.Equal(File.ReadAllBytes(Goldens.PathOf("micro", "model.safetensors")), File.ReadAllBytes(Target));
    }

    [Fact]
    public void Pads_the_header_to_eight_bytes()
    {
        for (var length = 1; length <= 8; length++)
        {
            SafetensorsWriter.Write(Target, [new TensorInfo(new string('n', length), TensorType.Float32, [])], _ => [1]);
            Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(Target)) % 8);
        }
    }

    [Theory]
    [InlineData(65519.99f, 65504f)]
    [InlineData(65520f, float.PositiveInfinity)]
    [InlineData(1.00048828125f, 1f)] // halfway between 1 and the next float16: to the even one
    [InlineData(1.00146484375f, 1.001953125f)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void Rounds_to_nearest_even_when_writing_float16(float value, float expected)
    {
        SafetensorsWriter.Write(Target, [new TensorInfo("x", TensorType.Float16, [])], _ => [value]);
        using var checkpoint = Checkpoint.Open(Target);
        Assert.Equal(expected, checkpoint.Values("x")[0]);
    }

    [Fact]
    public void Leaves_the_old_file_when_writing_fails()
    {
        File.WriteAllText(Target, "old");
        var tensor = new TensorInfo("x", TensorType.Float32, [2]);
        Assert.Contains("x [2] float32 was given 3 values; expected 2", Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Target, [tensor], _ => new float[3])).Message);
        Assert.Throws<InvalidOperationException>(() => SafetensorsWriter.Write(Target, [tensor], _ => throw new InvalidOperationException()));
        Assert.Contains("'x' is used twice", Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Target, [tensor, tensor], _ => new float[2])).Message);
        Assert.Contains("cannot be written; expected float32 or float16",
            Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Target, [tensor with { Type = TensorType.Int8 }], _ => new float[2])).Message);
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Writes_a_whole_file_beside_another_writer_of_the_same_name()
    {
        TensorInfo[] tensors = [new("x", TensorType.Float32, [])];
        SafetensorsWriter.Write(Target, tensors, _ =>
        {
            SafetensorsWriter.Write(Target, tensors, _ => [2]);
            Assert.Equal(2, ValueOfX());
            return [1];
        });
        Assert.Equal(1, ValueOfX());
        Assert.Equal([Target], Directory.GetFiles(_folder));

        float ValueOfX()
        {
            using var checkpoint = Checkpoint.Open(Target);
            return checkpoint.Values("x")[0];
        }
    }

    private static float[] RandomValues(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) is var any && random.Next(2) == 0 ? any : (float)(random.NextDouble() * 20 - 10))];
}
