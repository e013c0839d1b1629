namespace DepthPro.Training.Scenes.Shading;

/// <summary>What is left of light behind fog.</summary>
internal static class Attenuation
{
    // ln 0.02: where 2 % of the contrast is left, sight ends (Koschmieder, 1924).
    private const double AtVisibility = 3.912;

    public static double PerMeter(double visibilityMeters) => AtVisibility / visibilityMeters;

    /// <summary>exp(-x), by Beer and Lambert's law, within 1e-5, from multiplication and addition only.</summary>
    public static float Of(double x)
    {
        if (x <= 0) { return 1; }
        if (x > 16) { return 0; }
        var y = x * (1.0 / 64);
        var root = 1 - y * (1 - y * 0.5 * (1 - y / 3 * (1 - y * 0.25)));
        for (var squaring = 0; squaring < 6; squaring++) { root *= root; }
        return (float)root;
    }
}
