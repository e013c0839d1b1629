using System.Runtime.InteropServices;
using DepthPro.Network.Checkpoints;

namespace DepthPro.Network.Tests.Checkpoints;

public sealed class TensorValuesTests
{
    private static readonly ushort[] All16Bits = [.. Enumerable.Range(0, 1 << 16).Select(bits => (ushort)bits)];

    [Fact]
    public void Widens_every_float16_exactly() => AssertWidens(TensorType.Float16, All16Bits, bits => (float)BitConverter.UInt16BitsToHalf(bits));

    [Fact]
    public void Widens_every_bfloat16_exactly() => AssertWidens(TensorType.BFloat16, All16Bits, bits => BitConverter.UInt32BitsToSingle((uint)bits << 16));

    [Fact]
    public void Rounds_to_nearest_when_float32_cannot_hold_a_value()
    {
        AssertWidens(TensorType.Float64, [1.0 / 3, 1e300, -1e-300, double.NaN, Math.PI, 16777217, double.NegativeInfinity], v => (float)v);
        AssertWidens(TensorType.Int64, [long.MinValue, long.MaxValue, 16777217, 16777219, -1, 0], v => (float)v);
        AssertWidens(TensorType.Int32, [int.MinValue, int.MaxValue, 16777217, 16777219, -1], v => (float)v);
    }

    [Fact]
    public void Widens_small_integers_exactly()
    {
        AssertWidens(TensorType.Int16, [.. All16Bits.Select(bits => (short)bits)], v => v);
        byte[] all = [.. Enumerable.Range(0, 256).Select(b => (byte)b)];
        AssertWidens(TensorType.Int8, all, v => (sbyte)v);
        AssertWidens(TensorType.UInt8, all, v => v);
        AssertWidens(TensorType.Bool, all, v => v == 0 ? 0 : 1);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Reads_random_views_as_a_loop_over_indices_does(int seed)
    {
        var random = new Random(seed);
        var storage = new byte[2_000_000];
        random.NextBytes(storage);
        using var source = new CheckpointStream(new MemoryStream(storage), "random");
        for (var k = 0; k < 40; k++)
        {
            int[] shape = [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => random.Next(1, 18))];
            long[] strides = [.. shape.Select(_ => (long)random.Next(0, 9))];
            var view = new StridedView(random.Next(1000) * 2, shape, strides);
            var got = new float[shape.Aggregate(1, (product, size) => product * size)];
            TensorValues.ReadStrided(source, view, TensorType.Int16, got);

            var expected = new float[got.Length];
            for (var i = 0; i < expected.Length; i++)
            {
                var (rest, at) = (i, 0L);
                for (var d = shape.Length - 1; d >= 0; d--) { (rest, at) = (rest / shape[d], at + rest % shape[d] * strides[d]); }
                expected[i] = BitConverter.ToInt16(storage, (int)(view.ByteOffset + 2 * at));
            }
            CheckpointAssert.AssertSame($"[{string.Join(", ", shape)}] by [{string.Join(", ", strides)}]", expected, got);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32767)]
    [InlineData(32768)]
    [InlineData(32769)]
    [InlineData(100_001)]
    public void Reads_contiguous_values_in_pieces_without_a_seam(int count)
    {
        var storage = new byte[2 * count + 1];
        new Random(count).NextBytes(storage);
        using var source = new CheckpointStream(new MemoryStream(storage), "random");
        var got = new float[count];
        TensorValues.ReadContiguous(source, 1, TensorType.Float16, got);
        CheckpointAssert.AssertSame($"{count} values", [.. MemoryMarshal.Cast<byte, Half>(storage.AsSpan(1)).ToArray().Select(h => (float)h)], got);
    }

    [Fact]
    public void Allocates_one_piece_and_no_second_copy_when_reading_contiguous_values()
    {
        using var source = new CheckpointStream(new MemoryStream(new byte[4_000_000]), "zeros");
        var values = new float[2_000_000];
        var before = GC.GetAllocatedBytesForCurrentThread();
        TensorValues.ReadContiguous(source, 0, TensorType.Float16, values);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 80_000);
    }

    private static void AssertWidens<T>(TensorType type, T[] stored, Func<T, float> expected) where T : unmanaged
    {
        var got = new float[stored.Length];
        TensorValues.Widen(type, MemoryMarshal.AsBytes(stored.AsSpan()), got);
        CheckpointAssert.AssertSame($"{type}", [.. stored.Select(expected)], got);
    }
}
