using DepthPro.Training.Scenes.Shading;

namespace DepthPro.Training.Scenes.Content;

/// <summary>Draws materials in the colours and scales of their real likes. Not thread-safe.</summary>
internal sealed class Palette(SeededRandom random)
{
    public Material Wood()
    {
        var (hue, value) = (random.Between(18, 36), random.Between(0.35, 0.8));
        return Make(Pattern.Wood, Color.Display(value, random.Between(0.3, 0.65), hue), Color.Display(value * 0.6, 0.6, hue), random.Between(0.1, 0.3)) with { Gloss = 0.1f };
    }

    public Material Bark() => Make(Pattern.Mottled, Color.Display(random.Between(0.25, 0.5), 0.4, random.Between(15, 40)), Color.Display(0.18, 0.4, 25), 0.08);

    public Material Foliage()
    {
        var hue = random.Chance(0.85) ? random.Between(70, 135) : random.Between(15, 60);
        return Leaf(hue, random.Between(0.3, 0.7));
    }

    /// <summary>Another shade of foliage, so that leaves of one plant differ.</summary>
    public Material Leaf(double hue, double value) =>
        Make(Pattern.Mottled, Color.Display(value, 0.7, hue), Color.Display(value * 0.6, 0.75, hue + 10), 0.12);

    public Material Metal()
    {
        var value = random.Between(0.15, 0.8);
        return Make(Pattern.Smooth, Color.Display(value, random.Chance(0.3) ? 0.5 : 0.05, random.Between(0, 360)), Color.Grey(value * 0.7), 0.3) with { Gloss = 0.6f };
    }

    public Material Fabric()
    {
        var (hue, value, saturation) = (random.Between(0, 360), random.Between(0.2, 0.85), random.Between(0, 0.7));
        return Make(random.Pick(Pattern.Smooth, Pattern.Smooth, Pattern.Mottled, Pattern.Stripes, Pattern.Checker, Pattern.Speckles),
            Color.Display(value, saturation, hue), Color.Display(value * random.Between(0.5, 0.9), saturation, hue + random.Between(-40, 40)), random.Between(0.04, 0.2));
    }

    /// <summary>Lacquer, plastic, ceramics: any colour, mostly even.</summary>
    public Material Painted()
    {
        var value = random.Between(0.2, 0.95);
        var pattern = random.Pick(Pattern.Smooth, Pattern.Smooth, Pattern.Smooth, Pattern.Stripes, Pattern.Mottled);
        var first = Color.Display(value, random.Between(0, 0.85), random.Between(0, 360));
        var second = Color.Display(random.Between(0.2, 0.9), random.Between(0, 0.6), random.Between(0, 360));
        return Make(pattern, first, second, random.Between(0.05, 0.3)) with { Gloss = (float)random.Between(0, 0.5) };
    }

    public Material Cardboard() => Make(Pattern.Smooth, Color.Display(random.Between(0.5, 0.8), 0.4, 32), Color.Display(0.45, 0.4, 30), 0.1);

    /// <summary>For any body.</summary>
    public Material Any() => random.Count(0, 5) switch { 0 => Wood(), 1 => Metal(), 2 => Fabric(), 3 => Stone(), _ => Painted() };

    public Material Stone()
    {
        var value = random.Between(0.3, 0.75);
        return Make(random.Pick(Pattern.Mottled, Pattern.Speckles), Color.Display(value, random.Between(0, 0.2), 35), Color.Grey(value * 0.6), random.Between(0.1, 0.6));
    }

    public Material Brick() =>
        Make(Pattern.Brick, Color.Display(random.Between(0.4, 0.8), random.Between(0.1, 0.6), random.Between(5, 35)), Color.Grey(random.Between(0.5, 0.85)), 0.24);

    public Material Facade()
    {
        var wall = Color.Display(random.Between(0.4, 0.9), random.Between(0, 0.45), random.Between(0, 360));
        return Make(Pattern.Windows, wall, Color.Display(random.Between(0.1, 0.4), 0.3, 215), 3) with { Gloss = 0.1f };
    }

    public Material IndoorWall() => random.Chance(0.15) ? Brick() : Make(
        random.Pick(Pattern.Smooth, Pattern.Smooth, Pattern.Smooth, Pattern.Mottled, Pattern.Stripes, Pattern.Wood),
        Color.Display(random.Between(0.45, 0.95), random.Between(0, 0.4), random.Between(0, 360)),
        Color.Display(random.Between(0.4, 0.9), random.Between(0, 0.35), random.Between(0, 360)), random.Between(0.1, 0.5));

    public Material Ceiling() => Make(Pattern.Smooth, Color.Display(random.Between(0.7, 0.98), random.Between(0, 0.1), 45), Color.Grey(0.75), 0.8);

    public Material IndoorFloor() => random.Count(0, 3) switch
    {
        0 => Wood(),
        1 => Make(Pattern.Tiles, Color.Display(random.Between(0.3, 0.9), random.Between(0, 0.3), random.Between(0, 360)), Color.Grey(random.Between(0.3, 0.8)), random.Between(0.2, 0.6)) with { Gloss = 0.3f },
        2 => Make(Pattern.Checker, Color.Display(random.Between(0.5, 0.95), random.Between(0, 0.3), 40), Color.Display(random.Between(0.1, 0.5), random.Between(0, 0.4), random.Between(0, 360)), random.Between(0.2, 0.6)),
        _ => Make(random.Pick(Pattern.Mottled, Pattern.Grass), Color.Display(random.Between(0.25, 0.8), random.Between(0, 0.6), random.Between(0, 360)), Color.Grey(random.Between(0.2, 0.6)), random.Between(0.03, 0.3)),
    };

    public Material Ground() => random.Count(0, 4) switch
    {
        0 or 1 => Make(Pattern.Grass, Color.Display(random.Between(0.4, 0.75), random.Between(0.45, 0.75), random.Between(60, 115)), Color.Display(random.Between(0.25, 0.5), 0.6, random.Between(45, 110)), random.Between(0.06, 0.2)),
        2 => Make(Pattern.Mottled, Color.Display(random.Between(0.45, 0.8), random.Between(0.2, 0.5), random.Between(25, 45)), Color.Display(random.Between(0.3, 0.5), 0.35, 30), random.Between(0.2, 1)),
        3 => Make(Pattern.Speckles, Color.Grey(random.Between(0.3, 0.55)), Color.Grey(random.Between(0.4, 0.7)), random.Between(0.03, 0.1)),
        _ => Make(Pattern.Tiles, Color.Display(random.Between(0.4, 0.75), random.Between(0, 0.25), 35), Color.Grey(random.Between(0.2, 0.4)), random.Between(0.3, 1)),
    };

    public Material Glowing(Color color, float glow) => Make(Pattern.Smooth, color, color, 1) with { Glow = glow };

    public Material Make(Pattern pattern, Color first, Color second, double scale) => new(pattern, first, second, scale, (uint)random.Next());

    public Color Tint(double saturation) => Color.Display(1, random.Between(0, saturation), random.Between(0, 360));
}
