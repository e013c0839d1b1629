using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Shading;
using DepthPro.Training.Scenes.Surfaces;

namespace DepthPro.Training.Scenes.Content;

/// <summary>Floor, ceiling and walls around the camera, what hangs on them, and the lamp.</summary>
internal static class Rooms
{
    // In front of a wall, so that what hangs on it is nearer.
    private const double Hung = 0.015;

    /// <summary>Builds a room of the given size.</summary>
    /// <param name="scene">Gets the surfaces.</param>
    /// <param name="floor">Middle of the floor, and the walls' directions.</param>
    /// <param name="width">Metres along the frame's right axis.</param>
    /// <param name="depth">Metres along its forward axis.</param>
    /// <param name="height">Metres.</param>
    public static void Build(SceneBuilder scene, Frame floor, double width, double depth, double height)
    {
        var random = scene.Random;
        var (x, z) = (width / 2, depth / 2);
        scene.Add(new Patch(floor.Point(-x, 0, -z), floor.Right * width, floor.Forward * depth, scene.Palette.IndoorFloor()) { CastsShadow = false });
        scene.Add(new Patch(floor.Point(-x, height, -z), floor.Right * width, floor.Forward * depth, scene.Palette.Ceiling()) { CastsShadow = false });
        var (paper, other) = (scene.Palette.IndoorWall(), scene.Palette.IndoorWall());
        var skirting = random.Chance(0.6) ? scene.Palette.Wood() : null;
        for (var side = 0; side < 4; side++)
        {
            // The frame stands in the wall and looks out of the room.
            var wall = floor.Yawed(90 * side) with { Origin = side % 2 == 0 ? floor.Point(0, 0, side == 0 ? z : -z) : floor.Point(side == 1 ? x : -x, 0, 0) };
            var length = side % 2 == 0 ? width : depth;
            var material = random.Chance(0.75) ? paper : other;
            scene.Add(new Patch(wall.Point(-length / 2, 0, 0), wall.Right * length, wall.Up * height, material) { CastsShadow = false });
            if (skirting is not null) { Hang(scene, wall, 0, 0, length, 0.1, skirting); }
            Decorate(scene, wall, length, height);
        }
    }

    /// <summary>The lamp, somewhere under the ceiling.</summary>
    public static Light Lamp(SceneBuilder scene, Frame floor, double width, double depth, double height, double spread)
    {
        var random = scene.Random;
        var at = floor.At(random.Between(-0.3, 0.3) * width, height - random.Between(0.15, 0.5), random.Between(-0.3, 0.3) * depth);
        var shade = scene.Palette.Glowing(Color.Display(0.98, random.Between(0, 0.3), 45), (float)random.Between(1, 4));
        scene.Add(new Ellipsoid(at, new Vec3(0.16, 0.1, 0.16) * random.Between(0.6, 1.6), shade) { CastsShadow = false });
        scene.Add(new Frustum(at.Origin, floor.Point(floor.ToLocal(at.Origin) with { Y = height }), 0.008, 0.008, shade) { CastsShadow = false });
        var strength = (float)random.Between(0.8, 3);
        return Light.Lamp(at.Origin, spread, scene.Palette.Tint(0.15) * strength, random.Between(0.6, 1) * Math.Max(width, depth) / 2);
    }

    private static void Decorate(SceneBuilder scene, Frame wall, double length, double height)
    {
        var random = scene.Random;
        var places = (int)(length / 1.4);
        for (var place = 0; place < places; place++)
        {
            var x = ((place + 0.5) / places - 0.5) * length;
            switch (random.Count(0, 6))
            {
                case 0: Picture(scene, wall, x); break;
                case 1: Window(scene, wall, x, height); break;
                case 2 when place == 0:
                    Hang(scene, wall, x, 0, 0.9, 2.02, scene.Palette.Wood());
                    scene.Ball(wall.At(x + 0.35, 1.02, -0.06), new(0.06, 0.012, 0.012), scene.Palette.Metal());
                    break;
            }
        }
    }

    private static void Picture(SceneBuilder scene, Frame wall, double x)
    {
        var random = scene.Random;
        var (width, height) = (random.Between(0.3, 1.1), random.Between(0.3, 0.8));
        var low = random.Between(1.15, 1.5);
        Board(scene, wall, x, low, width, height, 0.025, scene.Palette.Wood());
        var art = scene.Palette.Make(random.Pick(Pattern.Mottled, Pattern.Waves, Pattern.Stripes, Pattern.Checker, Pattern.Speckles), scene.Palette.Tint(0.8), scene.Palette.Tint(0.8) * 0.5f, random.Between(0.1, 0.3));
        Hang(scene, wall.At(0, 0, -Hung), x, low + 0.04, width - 0.08, height - 0.08, art, 0.03);
    }

    private static void Window(SceneBuilder scene, Frame wall, double x, double ceiling)
    {
        var random = scene.Random;
        var (width, low) = (random.Between(0.8, 1.2), random.Between(0.3, 0.95));
        var height = Math.Min(random.Between(1.1, 1.5), ceiling - low - 0.15);
        var (frame, light) = (scene.Palette.Painted(), random.Chance(0.75));
        var view = scene.Palette.Glowing(Color.Display(light ? 0.9 : 0.1, random.Between(0.05, 0.3), random.Pick(210.0, 205.0, 90.0)), light ? (float)random.Between(1, 5) : 0);
        Hang(scene, wall, x, low, width, height, view with { Pattern = Pattern.Mottled, Second = Color.Display(light ? 0.8 : 0.05, 0.3, 110), Scale = 0.7 });
        foreach (var edge in new[] { -width / 2, 0, width / 2 }) { Board(scene, wall, x + edge, low, 0.06, height, 0.05, frame); }
        foreach (var edge in new[] { low - 0.03, low + height - 0.03 }) { Board(scene, wall, x, edge, width + 0.06, 0.06, edge < low ? 0.12 : 0.05, frame); }
    }

    private static void Board(SceneBuilder scene, Frame wall, double x, double low, double width, double height, double thickness, Material material) =>
        scene.Box(wall, new(x - width / 2, low, -thickness), new(x + width / 2, low + height, 0), material);

    private static void Hang(SceneBuilder scene, Frame wall, double x, double low, double width, double height, Material material, double before = Hung) =>
        scene.Add(new Patch(wall.Point(x - width / 2, low, -before), wall.Right * width, wall.Up * height, material) { CastsShadow = false });
}
