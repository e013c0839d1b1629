using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Shading;
using DepthPro.Training.Scenes.Surfaces;

namespace DepthPro.Training.Scenes.Content;

/// <summary>What stands outside. Each stands on its frame's origin.</summary>
internal static class Outdoors
{
    public static void Fence(SceneBuilder scene, Frame at) => Fence(scene, at, scene.Random.Between(2, 6));

    /// <summary>Along the frame's right axis.</summary>
    public static void Fence(SceneBuilder scene, Frame at, double length)
    {
        var random = scene.Random;
        var (height, wooden) = (random.Between(0.8, 1.8), random.Chance(0.5));
        var material = wooden ? scene.Palette.Wood() : scene.Palette.Metal();
        var spacing = wooden ? random.Between(0.12, 0.3) : random.Between(0.1, 0.2);
        var half = length / 2;
        for (var x = -half; x <= half; x += spacing)
        {
            if (wooden) { scene.Box(at, new(x - 0.04, 0.05, -0.01), new(x + 0.04, height, 0.01), material); }
            else { scene.Rod(at.Point(x, 0, 0), at.Point(x, height, 0), 0.01, 0.01, material); }
        }
        foreach (var rail in new[] { 0.2, 0.85 })
        {
            scene.Box(at, new(-half, height * rail - 0.03, wooden ? 0.01 : -0.015), new(half, height * rail + 0.03, wooden ? 0.04 : 0.015), material);
        }
    }

    public static void Person(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var (height, shirt, trousers) = (random.Between(1.5, 1.9), scene.Palette.Fabric(), scene.Palette.Fabric());
        var skin = scene.Palette.Make(Pattern.Smooth, Color.Display(random.Between(0.35, 0.9), random.Between(0.3, 0.5), random.Between(18, 32)), Color.Grey(0.4), 0.2);
        foreach (var side in new[] { -1.0, 1.0 })
        {
            var step = random.Between(-0.15, 0.15);
            scene.Column(at.Point(0.09 * side, 0, step), at.Point(0.08 * side, height * 0.48, 0), height * 0.035, height * 0.05, trousers);
            var hand = at.At(side * random.Between(0.22, 0.35), height * random.Between(0.42, 0.6), -random.Between(-0.1, 0.25));
            scene.Rod(at.Point(0.18 * side, height * 0.8, 0), hand.Origin, height * 0.03, height * 0.022, shirt);
            scene.Sphere(hand, 0.045, skin);
        }
        scene.Ball(at.At(0, height * 0.64, 0), new(0.21, height * 0.2, 0.13), shirt);
        scene.Rod(at.Point(0, height * 0.8, 0), at.Point(0, height * 0.88, 0), 0.05, 0.05, skin);
        scene.Ball(at.At(0, height * 0.93, 0), new(0.08, height * 0.07, 0.1), skin);
        scene.Ball(at.At(0, height * 0.955, 0.02), new(0.085, height * 0.05, 0.1), scene.Palette.Bark());
    }

    public static void Car(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var (half, width) = (random.Between(1.8, 2.5), random.Between(0.82, 0.95));
        var van = random.Chance(0.3);
        var (waist, roof) = (van ? 1.1 : random.Between(0.8, 0.95), van ? random.Between(1.9, 2.3) : random.Between(1.4, 1.6));
        var paint = scene.Palette.Make(Pattern.Smooth, Color.Display(random.Between(0.2, 0.95), random.Between(0, 0.85), random.Between(0, 360)), Color.Grey(0.3), 1) with { Gloss = 0.6f };
        var glass = scene.Palette.Make(Pattern.Smooth, Color.Grey(0.15), Color.Grey(0.35), 1) with { Gloss = 0.8f };
        var rubber = scene.Palette.Make(Pattern.Smooth, Color.Grey(0.12), Color.Grey(0.2), 0.2);
        var (front, back) = (van ? 0.9 * half : 0.35 * half, van ? -0.98 * half : -0.7 * half);
        scene.Box(at, new(-width, 0.3, -half), new(width, waist, half), paint);
        scene.Box(at, new(0.06 - width, waist, back), new(width - 0.06, roof - 0.06, front), glass);
        scene.Box(at, new(0.05 - width, roof - 0.06, back + 0.05), new(width - 0.05, roof, front - 0.05), paint);
        foreach (var (side, along) in new[] { (-1, -0.62), (1, -0.62), (-1, 0.62), (1, 0.62) })
        {
            scene.Column(at.Point(side * (width - 0.2), 0.32, along * half), at.Point(side * (width + 0.02), 0.32, along * half), 0.32, 0.32, rubber);
        }
    }

    public static void Building(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var (storeys, x, z) = (random.Count(1, 8), random.Count(2, 8) * 1.5, random.Count(2, 5) * 1.5);
        var height = storeys * 3.0;
        var wall = scene.Palette.Facade();
        scene.Box(at, 2 * x, height, 2 * z, wall);
        if (storeys > 3 || random.Chance(0.3)) { return; }
        // A ridge roof: two slopes, and a gable of two triangles at each end.
        var (rise, eaves) = (z * random.Between(0.5, 1), 0.3);
        var tiles = scene.Palette.Make(Pattern.Brick, Color.Display(random.Between(0.3, 0.6), 0.5, random.Between(0, 30)), Color.Grey(0.25), 0.5);
        foreach (var side in new[] { -1, 1 })
        {
            var low = at.Direction(0, -rise * eaves / z, side * (z + eaves));
            scene.Add(new Patch(at.Point(-x - eaves, height, 0) + low, at.Right * (2 * (x + eaves)), at.Direction(0, rise, 0) - low, tiles));
            foreach (var end in new[] { -x, x })
            {
                scene.Add(new Patch(at.Point(end, height, 0), at.Direction(0, 0, side * z), at.Direction(0, rise, 0), wall) { Shape = PatchShape.Triangle });
            }
        }
    }
}
