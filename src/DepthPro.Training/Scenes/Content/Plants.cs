using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Shading;

namespace DepthPro.Training.Scenes.Content;

/// <summary>What grows. Each stands on its frame's origin.</summary>
internal static class Plants
{
    public static void Potted(SceneBuilder scene, Frame at) => Potted(scene, at, scene.Random.Between(0.5, 1.6), scene.Random.Count(15, 60));

    public static void Small(SceneBuilder scene, Frame at) => Potted(scene, at, scene.Random.Between(0.15, 0.4), scene.Random.Count(12, 35));

    public static void Bush(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var size = random.Between(0.5, 1.6);
        var hue = Hue(random);
        for (var part = random.Count(2, 4); part > 0; part--)
        {
            var radius = size * random.Between(0.25, 0.4);
            scene.Ball(at.At(random.Between(-0.4, 0.4) * size, radius * 0.8, random.Between(-0.4, 0.4) * size), new(radius, radius * random.Between(0.8, 1.2), radius), Leaf(scene, hue));
        }
        Leaves(scene, at.At(0, size * 0.45, 0), new(size * 0.6, size * 0.45, size * 0.6), random.Count(20, 50), size * 0.09, hue);
    }

    public static void Tree(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var (height, bark, hue) = (random.Between(3, 9), scene.Palette.Bark(), Hue(random));
        var (trunk, radius) = (height * random.Between(0.3, 0.5), height * random.Between(0.015, 0.03));
        var crown = at.At(0, height * 0.7, 0);
        var spread = new Vec3(height * random.Between(0.18, 0.35), height * 0.3, height * random.Between(0.18, 0.35));
        scene.Rod(at.Origin, at.Point(0, trunk, 0), radius * 1.2, radius * 0.8, bark);
        for (var branch = random.Count(4, 8); branch > 0; branch--)
        {
            var from = at.Point(0, trunk * random.Between(0.75, 1), 0);
            var to = crown.Point(random.Between(-1, 1) * spread.X, random.Between(-0.3, 1) * spread.Y, random.Between(-1, 1) * spread.Z);
            scene.Rod(from, to, radius * 0.5, radius * 0.15, bark);
        }
        if (random.Chance(0.5))
        {
            for (var ball = random.Count(3, 6); ball > 0; ball--)
            {
                var pose = crown.At(random.Between(-0.6, 0.6) * spread.X, random.Between(-0.5, 0.6) * spread.Y, random.Between(-0.6, 0.6) * spread.Z);
                scene.Ball(pose, spread * random.Between(0.4, 0.65), Leaf(scene, hue) with { Scale = 0.5 });
            }
        }
        Leaves(scene, crown, spread, random.Count(30, 80), height * random.Between(0.02, 0.045), hue);
    }

    public static void Conifer(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var (height, material) = (random.Between(2, 10), scene.Palette.Leaf(random.Between(95, 150), random.Between(0.25, 0.5)) with { Scale = 0.3 });
        var (tiers, radius) = (random.Count(2, 4), height * random.Between(0.16, 0.28));
        scene.Rod(at.Origin, at.Point(0, height * 0.2, 0), radius * 0.15, radius * 0.12, scene.Palette.Bark());
        for (var tier = 0; tier < tiers; tier++)
        {
            var low = 0.12 + 0.88 * tier / (tiers + 0.6);
            var high = Math.Min(low + 1.5 / (tiers + 0.6), 1);
            scene.Column(at.Point(0, height * low, 0), at.Point(0, height * high, 0), radius * (1.1 - low), 0, material);
        }
    }

    private static void Potted(SceneBuilder scene, Frame at, double height, int leaves)
    {
        var random = scene.Random;
        var (pot, hue, stem) = (height * 0.25, Hue(random), scene.Palette.Foliage());
        scene.Column(at.Origin, at.Point(0, pot, 0), pot * 0.4, pot * 0.55, scene.Palette.Painted());
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            // A stem bends outwards from the pot, its leaf lies along its end.
            var pose = at.Yawed(random.Between(0, 360)).At(0, pot, 0);
            var (reach, rise) = (height * random.Between(0.05, 0.45), height * random.Between(0.15, 0.72));
            var tip = pose.At(0, rise, reach).Pitched(random.Between(-50, 50)).Rolled(random.Between(-40, 40));
            if (leaf % 3 == 0) { scene.Rod(pose.Origin, tip.Origin, height * 0.008, height * 0.004, stem); }
            var (length, width) = (height * random.Between(0.07, 0.14), height * random.Between(0.025, 0.06));
            scene.Disc(tip.Origin, tip.Right * width, tip.Forward * length, Leaf(scene, hue));
        }
    }

    private static void Leaves(SceneBuilder scene, Frame crown, Vec3 spread, int count, double size, double hue)
    {
        var random = scene.Random;
        // A few materials for all leaves: their shade varies, and there are not hundreds.
        Material[] shades = [Leaf(scene, hue), Leaf(scene, hue), Leaf(scene, hue)];
        for (var leaf = 0; leaf < count; leaf++)
        {
            var turned = crown.Yawed(random.Between(0, 360)).Pitched(random.Between(-90, 90));
            var outwards = random.Between(0.5, 1.05);
            var place = new Vec3(turned.Forward.X * spread.X, turned.Forward.Y * spread.Y, turned.Forward.Z * spread.Z) * outwards;
            var pose = turned with { Origin = crown.Origin + place };
            pose = pose.Rolled(random.Between(0, 180)).Pitched(random.Between(-60, 60));
            scene.Disc(pose.Origin, pose.Right * (size * random.Between(0.5, 1)), pose.Up * size, random.Pick<Material>(shades));
        }
    }

    private static double Hue(SeededRandom random) => random.Chance(0.85) ? random.Between(70, 135) : random.Between(15, 60);

    private static Material Leaf(SceneBuilder scene, double hue) =>
        scene.Palette.Leaf(hue + scene.Random.Between(-12, 12), scene.Random.Between(0.3, 0.7));
}
