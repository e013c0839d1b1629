using FsCheck;
using FsCheck.Fluent;

namespace DepthPro.Transforms.Tests.Formats;

/// <summary>Depth maps of odd sizes, with every kind of float in them.</summary>
internal static class AnyDepth
{
    private static readonly float[] Strange =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, -0f, -1, float.Epsilon, 1e-4f, 4.9e-4f, 65.535f, 65.5356f, 1e4f, float.MaxValue];

    public static Gen<DepthMap> Maps => Of(Gen.OneOf(Gen.Elements(Strange), Gen.Choose(1, 99_999).Select(i => i / 997f)));

    /// <summary>Known, and within a few metres.</summary>
    public static Gen<DepthMap> NearMaps => Of(Gen.Choose(100, 140).Select(i => i / 32f));

    public static Photo PhotoOf(DepthMap depth) =>
        Photo.FromPixels(depth.Width, depth.Height, [.. Enumerable.Range(0, depth.Width * depth.Height * 3).Select(i => (byte)(i * 37))], "photo");

    /// <summary>Equal to the bit; any NaN equals any other.</summary>
    public static void AssertSame(ReadOnlySpan<float> expected, ReadOnlySpan<float> got)
    {
        Assert.Equal(expected.Length, got.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(got[i]) || (float.IsNaN(expected[i]) && float.IsNaN(got[i])), $"Value {i}: got {got[i]:r}, expected {expected[i]:r}.");
        }
    }

    private static Gen<DepthMap> Of(Gen<float> meters) =>
        from width in Gen.Choose(1, 17)
        from height in Gen.Choose(1, 11)
        from values in meters.ArrayOf(width * height)
        from focalLength in Gen.Choose(1, 3000)
        select new DepthMap(width, height, values, focalLength / 2f, FocalLengthSource.Given);
}
