using DepthPro.Network.Checkpoints;

namespace DepthPro.Network.Tests.Checkpoints;

internal static class CheckpointAssert
{
    public static float[] Values(this Checkpoint checkpoint, string name)
    {
        var values = new float[checkpoint.Tensors[name].Count];
        checkpoint.Read(name, values);
        return values;
    }

    /// <summary>Bit for bit, but any NaN equals any NaN.</summary>
    public static void AssertSame(string name, ReadOnlySpan<float> expected, ReadOnlySpan<float> got)
    {
        Assert.True(expected.Length == got.Length, $"{name}: got {got.Length} values, expected {expected.Length}.");
        for (var i = 0; i < expected.Length; i++)
        {
            var same = BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(got[i]) || (float.IsNaN(expected[i]) && float.IsNaN(got[i]));
            Assert.True(same, $"{name}: got {got[i]:R}, expected {expected[i]:R} at index {i}.");
        }
    }

    /// <summary>The same names, shapes and values; order and storage types may differ.</summary>
    public static void AssertSameTensors(Checkpoint expected, Checkpoint got)
    {
        Assert.Equal(expected.Tensors.Keys.Order(), got.Tensors.Keys.Order());
        foreach (var tensor in expected.Tensors.Values)
        {
            Assert.Equal(tensor.Shape, got.Tensors[tensor.Name].Shape);
            AssertSame(tensor.Name, expected.Values(tensor.Name), got.Values(tensor.Name));
        }
    }

    /// <summary>Opens every beginning of a file with a step between lengths: each is refused clearly.</summary>
    public static void AssertRefusedWhenCutOff(byte[] file, int step)
    {
        for (var length = 0; length < file.Length; length += step)
        {
            var cut = file[..length];
            var error = Record.Exception(() => Checkpoint.Open(new MemoryStream(cut), "cut").Dispose());
            Assert.True(error is InvalidDataException, $"At {length} of {file.Length} bytes: got {error?.GetType().Name ?? "no error"}: {error?.Message}");
            Assert.StartsWith("Checkpoint 'cut'", error?.Message);
        }
    }
}
