using DepthPro.Training.Scenes.Geometry;

namespace DepthPro.Training.Scenes.Shading;

/// <summary>What a surface looks like.</summary>
/// <param name="Pattern">How the two colours lie.</param>
/// <param name="First">Reflected share of light.</param>
/// <param name="Second">Likewise.</param>
/// <param name="Scale">Metres from one repetition to the next.</param>
/// <param name="Seed">Of the noise.</param>
internal sealed record Material(Pattern Pattern, Color First, Color Second, double Scale, uint Seed)
{
    /// <summary>Strength of highlights, 0 to 1.</summary>
    public float Gloss { get; init; }

    /// <summary>Light of its own, in units of the ambient light's.</summary>
    public float Glow { get; init; }

    /// <summary>The reflected share at a point.</summary>
    /// <param name="at">In the surface's axes, metres.</param>
    /// <param name="footprint">How many metres of the surface one pixel covers: what is finer than that is replaced by its mean, as a lens and a sensor would.</param>
    public Color At(Vec3 at, double footprint)
    {
        // None where a feature is as small as a pixel, all from three pixels on.
        var detail = (float)Math.Clamp(0.5 * (Scale * Fineness / footprint - 1), 0, 1);
        var mean = Mean;
        var share = detail == 0 ? mean : mean + (Share(at.X / Scale, at.Y / Scale, at.Z / Scale) - mean) * detail;
        return Color.Mix(First, Second, share);
    }

    // Size of the pattern's main features, in repetitions.
    private double Fineness => Pattern switch { Pattern.Brick or Pattern.Wood => 0.4, Pattern.Grass or Pattern.Speckles => 0.5, _ => 1 };

    private float Mean => Pattern switch { Pattern.Smooth => 0.1f, Pattern.Tiles => 0.1f, Pattern.Brick => 0.3f, Pattern.Speckles => 0.25f, Pattern.Windows => 0.3f, _ => 0.5f };

    private float Share(double x, double y, double z)
    {
        switch (Pattern)
        {
            case Pattern.Smooth: return 0.2f * Noise.Value(x, y, z, Seed);
            case Pattern.Mottled: return Contrast(Noise.Clouds(x, y, z, Seed), 2);
            case Pattern.Grass: return Contrast(0.6f * Noise.Value(2 * x, 2 * y, 2 * z, Seed) + 0.4f * Noise.Value(0.15 * x, 0.15 * y, 0.15 * z, Seed + 7), 1.8f);
            case Pattern.Checker: return (((int)Math.Floor(x) + (int)Math.Floor(y + 1e-6) + (int)Math.Floor(z + 1e-6)) & 1) * 0.9f + 0.1f * Noise.Value(3 * x, 3 * y, 3 * z, Seed);
            case Pattern.Stripes: return Fraction(x) < 0.5 ? 0.05f : 0.95f;
            case Pattern.Waves: return Fraction(x + 0.8 * Noise.Value(x, y, z, Seed)) < 0.5 ? 0.1f : 0.9f;
            case Pattern.Wood:
                var board = (int)Math.Floor(x);
                var grain = Noise.Value(12 * x, 0.7 * y, 12 * z, Seed + (uint)board * 101);
                return Fraction(x) < 0.04 ? 1 : 0.5f * grain + 0.35f * Noise.Cell(board, 0, 0, Seed);
            case Pattern.Brick:
                var course = (int)Math.Floor(3 * y);
                var (across, up) = (x + z + 0.5 * (course & 1), Fraction(3 * y));
                var mortar = Fraction(across) < 0.05 || up < 0.15;
                return mortar ? 1 : 0.4f * Noise.Cell((int)Math.Floor(across), course, 0, Seed);
            case Pattern.Tiles:
                var joint = Fraction(x) < 0.04 || Fraction(y) < 0.04;
                return joint ? 1 : 0.12f * Noise.Cell((int)Math.Floor(x), (int)Math.Floor(y), 0, Seed);
            case Pattern.Speckles: return Noise.Value(2 * x, 2 * y, 2 * z, Seed) > 0.66f ? 1 : 0;
            case Pattern.Windows:
                var pane = Math.Abs(Fraction(x) - 0.5) < 0.24 && Math.Abs(Fraction(y) - 0.5) < 0.28;
                return pane ? 0.7f + 0.3f * Noise.Cell((int)Math.Floor(x), (int)Math.Floor(y), 0, Seed) : 0.15f * Noise.Clouds(3 * x, 3 * y, 0, Seed);
            default: throw new InvalidOperationException($"Pattern {Pattern} has no colours.");
        }
    }

    private static double Fraction(double x) => x - Math.Floor(x);

    private static float Contrast(float share, float strength) => Math.Clamp(0.5f + (share - 0.5f) * strength, 0, 1);
}
