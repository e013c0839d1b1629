using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Shading;

namespace DepthPro.Training.Scenes.Content;

/// <summary>What stands in rooms, made of boxes. Each stands on its frame's origin and faces backwards, away from a wall in front of it.</summary>
internal static class Furniture
{
    public static void Table(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var (x, z, height, material) = (random.Between(0.35, 0.8), random.Between(0.3, 0.5), random.Between(0.7, 0.78), scene.Palette.Wood());
        scene.Box(at, new(-x, height - 0.03, -z), new(x, height, z), material);
        var leg = random.Between(0.02, 0.04);
        foreach (var (sideX, sideZ) in Corners)
        {
            var (legX, legZ) = (sideX * (x - 0.06), sideZ * (z - 0.06));
            scene.Box(at, new(legX - leg, 0, legZ - leg), new(legX + leg, height - 0.03, legZ + leg), material);
        }
        for (var thing = random.Count(0, 3); thing > 0; thing--)
        {
            var place = at.At(random.Between(-0.8, 0.8) * x, height, random.Between(-0.8, 0.8) * z).Yawed(random.Between(0, 360));
            random.Pick<Action<SceneBuilder, Frame>>(Solids.Cup, Solids.Bottle, Solids.Books, Solids.Carton, Plants.Small)(scene, place);
        }
    }

    public static void Chair(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var material = random.Chance(0.6) ? scene.Palette.Wood() : scene.Palette.Metal();
        var seat = random.Chance(0.5) ? material : scene.Palette.Fabric();
        var (half, height, back) = (random.Between(0.2, 0.24), random.Between(0.43, 0.48), random.Between(0.82, 1.0));
        scene.Box(at, new(-half, height - 0.04, -half), new(half, height, half), seat);
        foreach (var (sideX, sideZ) in Corners)
        {
            var (x, z, top) = (sideX * (half - 0.02), sideZ * (half - 0.02), sideZ > 0 ? back : height - 0.04);
            scene.Rod(at.Point(x, 0, z), at.Point(x, top, z), 0.018, 0.018, material);
        }
        var rails = random.Count(1, 3);
        for (var rail = 0; rail < rails; rail++)
        {
            var top = back - rail * 0.14;
            scene.Box(at, new(-half, top - 0.08, half - 0.03), new(half, top, half - 0.01), rail == 0 ? seat : material);
        }
    }

    public static void Shelf(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var (x, z, height) = (random.Between(0.35, 0.9), random.Between(0.15, 0.25), random.Between(0.7, 2.1));
        var material = random.Chance(0.6) ? scene.Palette.Wood() : scene.Palette.Painted();
        if (random.Chance(0.4)) // a cupboard with doors
        {
            scene.Box(at, 2 * x, height, 2 * z, material);
            scene.Box(at, new(-0.005, 0.05, -z - 0.004), new(0.005, height - 0.05, -z), scene.Palette.Metal());
            return;
        }
        scene.Box(at, new(-x, 0, z - 0.02), new(x, height, z), material);
        scene.Box(at, new(-x, 0, -z), new(0.025 - x, height, z), material);
        scene.Box(at, new(x - 0.025, 0, -z), new(x, height, z), material);
        var boards = (int)(height / random.Between(0.3, 0.42)) + 1;
        for (var board = 0; board <= boards; board++)
        {
            var floor = (height - 0.025) * board / boards;
            scene.Box(at, new(-x, floor, -z), new(x, floor + 0.025, z), material);
            if (board == boards || random.Chance(0.3)) { continue; }
            var room = (height - 0.025) / boards - 0.04;
            for (var from = 0.03 - x; from < x - 0.15;)
            {
                var thickness = random.Between(0.03, 0.1);
                if (random.Chance(0.8)) { scene.Box(at, new(from, floor + 0.025, -z * 0.6), new(from + thickness - 0.004, floor + 0.025 + room * random.Between(0.6, 0.95), z - 0.02), scene.Palette.Painted()); }
                from += thickness;
            }
        }
    }

    public static void Sofa(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var (x, z, material) = (random.Between(0.6, 1.1), random.Between(0.4, 0.48), scene.Palette.Fabric());
        scene.Box(at, new(-x, 0.08, -z), new(x, 0.42, z), material);
        scene.Box(at, new(-x, 0.42, z - 0.2), new(x, random.Between(0.75, 0.9), z), material);
        scene.Box(at, new(-x - 0.15, 0.05, -z), new(-x, 0.6, z), material);
        scene.Box(at, new(x, 0.05, -z), new(x + 0.15, 0.6, z), material);
        for (var cushion = random.Count(0, 2); cushion > 0; cushion--)
        {
            scene.Ball(at.At(random.Between(-0.8, 0.8) * x, 0.6, z - 0.27).Pitched(-12), new(0.22, 0.2, 0.08), scene.Palette.Fabric());
        }
    }

    public static void Lamp(SceneBuilder scene, Frame at)
    {
        var random = scene.Random;
        var (height, metal) = (random.Between(1.2, 1.8), scene.Palette.Metal());
        scene.Column(at.Origin, at.Point(0, 0.03, 0), 0.15, 0.15, metal);
        scene.Rod(at.Point(0, 0.03, 0), at.Point(0, height, 0), 0.012, 0.012, metal);
        var shade = scene.Palette.Glowing(Color.Display(0.95, random.Between(0, 0.4), random.Between(20, 60)), (float)random.Between(0.3, 2));
        scene.Rod(at.Point(0, height - 0.12, 0), at.Point(0, height + 0.15, 0), random.Between(0.16, 0.22), random.Between(0.08, 0.16), shade);
    }

    private static (double X, double Z)[] Corners { get; } = [(-1, -1), (1, -1), (-1, 1), (1, 1)];
}
