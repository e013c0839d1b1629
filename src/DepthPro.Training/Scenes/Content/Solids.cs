using DepthPro.Training.Scenes.Geometry;

namespace DepthPro.Training.Scenes.Content;

/// <summary>Objects of one or a few bodies. Each stands on its frame's origin.</summary>
internal static class Solids
{
    public static void Box(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var size = random.Between(0.2, 0.9);
        var material = random.Chance(0.3) ? scene.Palette.Cardboard() : scene.Palette.Any();
        scene.Box(at, size * random.Between(0.7, 1.3), size * random.Between(0.6, 1.3), size * random.Between(0.7, 1.3), material);
        if (random.Chance(0.25)) { scene.Box(at.At(0, size * 1.3, 0).Yawed(random.Between(0, 90)), size * 0.6, size * 0.5, size * 0.6, scene.Palette.Any()); }
    }

    public static void Carton(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        scene.Box(at, random.Between(0.05, 0.2), random.Between(0.05, 0.25), random.Between(0.05, 0.2), random.Chance(0.4) ? scene.Palette.Cardboard() : scene.Palette.Painted());
    }

    public static void Ball(SceneBuilder scene, Frame at) => Ball(scene, at, scene.Random.Between(0.1, 0.45));

    public static void SmallBall(SceneBuilder scene, Frame at) => Ball(scene, at, scene.Random.Between(0.02, 0.07));

    public static void Cylinder(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var (radius, height) = (random.Between(0.12, 0.4), random.Between(0.3, 1.2));
        scene.Column(at.Origin, at.Point(0, height, 0), radius, radius * random.Pick(1, 1, 1.2, 0.8), scene.Palette.Any());
    }

    public static void Cone(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var height = random.Between(0.4, 1.6);
        scene.Column(at.Origin, at.Point(0, height, 0), height * random.Between(0.25, 0.5), random.Chance(0.5) ? 0 : 0.03, scene.Palette.Painted());
    }

    public static void Rod(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var leaning = at.Yawed(random.Between(0, 360)).Pitched(random.Chance(0.4) ? random.Between(-30, 30) : 0);
        var (length, radius, material) = (random.Between(1, 4), random.Between(0.005, 0.03), scene.Palette.Metal());
        scene.Rod(leaning.Origin, leaning.Point(0, length, 0), radius, radius, material);
        switch (random.Count(0, 3))
        {
            case 0: scene.Sphere(leaning.At(0, length, 0), random.Between(0.05, 0.15), scene.Palette.Painted()); break;
            case 1: scene.Panel(leaning.At(0, length - 0.3, -radius * 2).Yawed(random.Between(-30, 30)), random.Between(0.3, 0.7), random.Between(0.3, 0.6), scene.Palette.Painted()); break;
        }
    }

    public static void Rock(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var (size, material) = (random.Between(0.15, 0.7), scene.Palette.Stone());
        for (var part = random.Count(1, 3); part > 0; part--)
        {
            var pose = at.At(random.Between(-0.6, 0.6) * size, size * 0.25, random.Between(-0.6, 0.6) * size).Yawed(random.Between(0, 180)).Rolled(random.Between(-20, 20));
            scene.Ball(pose, new(size * random.Between(0.6, 1), size * random.Between(0.4, 0.8), size * random.Between(0.6, 1)), material);
        }
    }

    public static void Bottle(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var (radius, height, material) = (random.Between(0.03, 0.045), random.Between(0.2, 0.32), scene.Palette.Painted() with { Gloss = 0.7f });
        scene.Column(at.Origin, at.Point(0, height * 0.6, 0), radius, radius, material);
        scene.Rod(at.Point(0, height * 0.6, 0), at.Point(0, height * 0.78, 0), radius, radius * 0.35, material);
        scene.Column(at.Point(0, height * 0.78, 0), at.Point(0, height, 0), radius * 0.35, radius * 0.35, random.Chance(0.5) ? material : scene.Palette.Painted());
    }

    public static void Cup(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var (radius, height, material) = (random.Between(0.03, 0.05), random.Between(0.07, 0.13), scene.Palette.Painted());
        scene.Rod(at.Origin, at.Point(0, height, 0), radius * random.Between(0.7, 1), radius, material); // open at the top
        scene.Disc(at.Point(0, height * 0.7, 0), at.Right * (radius * 0.9), at.Forward * (radius * 0.9), scene.Palette.Painted());
        if (random.Chance(0.6))
        {
            var handle = at.Yawed(random.Between(0, 360)).At(radius + 0.012, height * 0.5, 0);
            scene.Ball(handle, new(0.018, height * 0.3, 0.005), material);
        }
    }

    public static void Books(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var height = 0.0;
        for (var book = random.Count(1, 4); book > 0; book--)
        {
            var thickness = random.Between(0.012, 0.045);
            scene.Box(at.At(0, height, 0).Yawed(random.Between(-25, 25)), random.Between(0.12, 0.22), thickness, random.Between(0.18, 0.3), scene.Palette.Painted());
            height += thickness;
        }
    }

    private static void Ball(SceneBuilder scene, Frame at, double radius)
    {
        var pose = at.At(0, radius, 0).Yawed(scene.Random.Between(0, 360)).Rolled(scene.Random.Between(0, 360));
        var material = scene.Palette.Any();
        scene.Sphere(pose, radius, material with { Scale = Math.Min(material.Scale, radius) });
    }
}
