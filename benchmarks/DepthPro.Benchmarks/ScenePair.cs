namespace DepthPro.Benchmarks;

/// <summary>A scene of discs before a floor, at the network's output size: true depth, a prediction with soft and shifted edges, and the
/// discs' mask.</summary>
internal static class ScenePair
{
    public const int Side = 1536;

    private const int Discs = 60;

    public static float[] Truth { get; } = Render(0);

    public static float[] Prediction { get; } = Soften(Render(1));

    public static float[] Mask { get; } = [.. Truth.Select((depth, i) => depth < Floor(i / Side) ? 1f : 0f)];

    /// <summary>prediction.npy, truth.npy and mask.npy, for boundary_reference.py.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, map) in new[] { ("prediction", Prediction), ("truth", Truth), ("mask", Mask) })
        {
            Npy.Write(Path.Combine(folder, $"{name}.npy"), new DepthMap(Side, Side, map, float.NaN, FocalLengthSource.Unknown));
        }
    }

    // From 25 m at the top to 5 m at the bottom.
    private static float Floor(int y) => 25 - 20f * y / Side;

    // Every other disc moves by shift pixels. The primes scatter the discs.
    private static float[] Render(int shift)
    {
        float[] map = [.. Enumerable.Range(0, Side * Side).Select(i => Floor(i / Side))];
        for (var disc = 0; disc < Discs; disc++)
        {
            var (centerX, centerY, radius, depth) = (disc * 397 % Side + disc % 2 * shift, disc * 613 % Side, 20 + disc * 37 % 90, 1 + disc * 0.05f);
            for (var y = Math.Max(centerY - radius, 0); y < Math.Min(centerY + radius, Side); y++)
            {
                for (var x = Math.Max(centerX - radius, 0); x < Math.Min(centerX + radius, Side); x++)
                {
                    var inside = (x - centerX) * (x - centerX) + (y - centerY) * (y - centerY) < radius * radius;
                    if (inside) { map[y * Side + x] = Math.Min(map[y * Side + x], depth); }
                }
            }
        }
        return map;
    }

    // The mean of three neighbours in a row, and a ripple of two percent.
    private static float[] Soften(float[] map) =>
        [.. map.Select((depth, i) => (map[Math.Max(i - 1, 0)] + depth + map[Math.Min(i + 1, map.Length - 1)]) / 3 * (1 + 0.02f * MathF.Sin(i % Side / 7f)))];
}
