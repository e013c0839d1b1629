using System.Text.Json;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Formats;

/// <summary>Files of tests/goldens/depth, by NumPy, Pillow and netpbm, and the values in them.</summary>
internal static class DepthGoldens
{
    private static readonly JsonElement Expected = Goldens.Json("depth", "expected.json");

    public static string PathOf(string file) => Goldens.PathOf("depth", file);

    public static byte[] Bytes(string file) => File.ReadAllBytes(PathOf(file));

    public static IEnumerable<string> Arrays => Expected.EnumerateObject().Select(entry => entry.Name).Where(name => name.Contains('_', StringComparison.Ordinal));

    public static float[] Values(string name) => [.. Expected.GetProperty(name).GetProperty("bits").EnumerateArray().Select(bits => BitConverter.UInt32BitsToSingle(bits.GetUInt32()))];

    /// <summary>Equal bits; any NaN equals any other.</summary>
    public static void AssertEqual(string name, ReadOnlySpan<float> got, int width, int height)
    {
        int[] shape = [.. Expected.GetProperty(name).GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        Assert.Equal(shape, new[] { height, width });
        var expected = Values(name);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(BitConverter.SingleToUInt32Bits(got[i]) == BitConverter.SingleToUInt32Bits(expected[i]) || (float.IsNaN(got[i]) && float.IsNaN(expected[i])),
                $"{name}: column {i % width}, row {i / width}: got {got[i]:r}, expected {expected[i]:r}.");
        }
    }
}
