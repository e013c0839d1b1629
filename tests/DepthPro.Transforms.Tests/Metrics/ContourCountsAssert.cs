using DepthPro.Metrics;

namespace DepthPro.Transforms.Tests.Metrics;

internal static class ContourCountsAssert
{
    public static void Equal(ContourCounts expected, ContourCounts got, string what)
    {
        Assert.True(expected.ValidPixels == got.ValidPixels, $"{what}: {got.ValidPixels} valid pixels; expected {expected.ValidPixels}.");
        Equal(expected.True, got.True, $"{what}, true contours");
        Equal(expected.Both, got.Both, $"{what}, contours in both");
    }

    public static void Equal(int[,] expected, int[,] got, string what)
    {
        for (var direction = 0; direction < expected.GetLength(0); direction++)
        {
            for (var k = 0; k < expected.GetLength(1); k++)
            {
                Assert.True(expected[direction, k] == got[direction, k],
                    $"{what}: direction {(ContourDirection)direction}, threshold {k}: got {got[direction, k]}, expected {expected[direction, k]}.");
            }
        }
    }

    /// <summary>One threshold's counts, in the order left, top, right, bottom.</summary>
    public static int[] At(int[,] counts, int threshold) => [.. Enumerable.Range(0, ContourCounts.Directions).Select(direction => counts[direction, threshold])];
}
