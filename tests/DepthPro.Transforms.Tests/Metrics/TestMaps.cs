namespace DepthPro.Transforms.Tests.Metrics;

/// <summary>Depth maps with many ties, long ramps, clipped depths and, on request, holes.</summary>
internal static class TestMaps
{
    private static readonly float[] Steps = [1, 1, 1.05f, 1.06f, 1.08f, 1.12f, 1.3f];

    public static TheoryData<int, int, bool> Sizes => new()
    {
        { 1, 1, false }, { 1, 7, false }, { 9, 1, false }, { 2, 2, false }, { 8, 3, false }, { 16, 16, false }, { 33, 9, false }, { 67, 41, false },
        { 1, 1, true }, { 1, 40, true }, { 40, 1, true }, { 8, 8, true }, { 17, 13, true }, { 31, 7, true }, { 67, 41, true },
    };

    public static float[] Noise(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Steps[random.Next(Steps.Length)])];

    public static float[] Ramps(Random random, int width, int height)
    {
        var map = new float[width * height];
        var rising = random.Next(2) == 0;
        for (var i = 0; i < map.Length; i++)
        {
            var neighbour = i % width > 0 ? map[i - 1] : i >= width ? map[i - width] : 1;
            var step = Steps[random.Next(Steps.Length)];
            map[i] = rising ? neighbour * step : neighbour / step;
        }
        return map;
    }

    public static float[] WithClipped(float[] map, Random random) =>
        [.. map.Select(v => random.Next(12) switch { 0 => 0, 1 => -1, 2 => 1e-7f, _ => v })];

    public static float[] WithHoles(float[] map, Random random) =>
        [.. map.Select(v => random.Next(10) switch { 0 => float.NaN, 1 => float.PositiveInfinity, 2 => float.NegativeInfinity, _ => v })];
}
