using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Shading;
using DepthPro.Training.Scenes.Surfaces;

namespace DepthPro.Training.Scenes.Content;

/// <summary>Places under the sky.</summary>
internal static class OpenAir
{
    // The horizon of a plane: depth is cut off at 10 km in any case.
    private const double GroundMeters = 20_000;

    public static Surroundings OpenGround(SceneBuilder scene, SceneOptions options)
    {
        var random = scene.Random;
        Ground(scene);
        if (random.Chance(0.4)) { Road(scene); }
        if (random.Chance(0.4)) { Hills(scene, options); }
        if (random.Chance(0.3)) { Row(scene, random.Between(0.5, 1) * Math.Max(options.ObjectDistanceMeters.High, 15)); }
        var plan = new GroundPlan(Frame.World, GroundMeters, GroundMeters);
        return new(Air(random, options, reach: 18), plan, options.ObjectDistanceMeters, SupportHeight: 0) { CameraHeight = random.Between(options.CameraHeightMeters) };
    }

    public static Surroundings Yard(SceneBuilder scene, SceneOptions options)
    {
        var random = scene.Random;
        Ground(scene);
        var (width, depth) = (random.Between(5, 16), random.Between(6, 18));
        var plot = Frame.World.Yawed(random.Between(-35, 35)).At(random.Between(-0.3, 0.3) * width, 0, depth * random.Between(0.1, 0.42));
        for (var side = 0; side < 4; side++)
        {
            var (length, away) = side % 2 == 0 ? (width, depth / 2) : (depth, width / 2);
            var border = plot.Yawed(90 * side).At(0, 0, away);
            switch (random.Count(0, 4))
            {
                case 0: scene.Box(border, length, random.Between(2.5, 7), 0.3, random.Chance(0.5) ? scene.Palette.Brick() : scene.Palette.Facade()); break;
                case 1: scene.Box(border, length, random.Between(0.6, 2.2), 0.2, random.Chance(0.5) ? scene.Palette.Brick() : scene.Palette.Stone()); break;
                case 2: scene.Box(border, length, random.Between(0.8, 2), 0.7, scene.Palette.Foliage() with { Scale = 0.15 }); break;
                default: Outdoors.Fence(scene, border, length); break;
            }
        }
        var distances = Surroundings.Within(options.ObjectDistanceMeters, depth);
        return new(Air(random, options, reach: 12), new(plot, width / 2 - 0.4, depth / 2 - 0.4), distances, SupportHeight: 0) { CameraHeight = random.Between(options.CameraHeightMeters) };
    }

    private static void Ground(SceneBuilder scene) => scene.Add(
        new Patch(new(-GroundMeters, 0, -GroundMeters), new(2 * GroundMeters, 0, 0), new(0, 0, 2 * GroundMeters), scene.Palette.Ground()) { CastsShadow = false });

    private static void Road(SceneBuilder scene)
    {
        var random = scene.Random;
        var road = Frame.World.Yawed(random.Between(-80, 80)).At(random.Between(-6, 6), 0.004, 0);
        var asphalt = scene.Palette.Make(Pattern.Speckles, Color.Grey(random.Between(0.25, 0.45)), Color.Grey(0.5), 0.04);
        Strip(scene, road, random.Between(2, 7), asphalt);
        if (random.Chance(0.5)) { Strip(scene, road.At(0, 0.004, 0), 0.12, scene.Palette.Make(Pattern.Smooth, Color.Grey(0.9), Color.Grey(0.8), 1)); }
    }

    private static void Strip(SceneBuilder scene, Frame along, double width, Material material)
    {
        const double Half = 400;
        scene.Add(new Patch(along.Point(-width / 2, 0, -Half), along.Right * width, along.Forward * (2 * Half), material) { CastsShadow = false });
    }

    private static void Hills(SceneBuilder scene, SceneOptions options)
    {
        var random = scene.Random;
        for (var hill = random.Count(2, 5); hill > 0; hill--)
        {
            var distance = random.Between(2, 6) * Math.Max(options.ObjectDistanceMeters.High, 40);
            var pose = Frame.World.Yawed(random.Between(-55, 55)).At(0, 0, distance);
            scene.Ball(pose, new Vec3(random.Between(0.3, 0.8), random.Between(0.03, 0.15), 0.3) * distance, scene.Palette.Foliage() with { Scale = 12 });
        }
    }

    // A street front or the edge of a wood at one distance.
    private static void Row(SceneBuilder scene, double distance)
    {
        var random = scene.Random;
        var line = Frame.World.Yawed(random.Between(-25, 25)).At(0, 0, distance);
        var built = random.Chance(0.5);
        for (var x = -1.4 * distance; x < 1.4 * distance;)
        {
            var width = built ? random.Between(6, 16) : random.Between(3, 7);
            var at = line.At(x + width / 2, 0, random.Between(0, 4));
            if (built) { scene.Box(at.At(0, 0, 5), width, 3 * random.Count(1, 6), 10, scene.Palette.Facade()); }
            else { scene.Ball(at.At(0, width * 0.35, 0), new(width * 0.6, width * random.Between(0.4, 0.8), width * 0.5), scene.Palette.Foliage() with { Scale = 0.6 }); }
            x += width * random.Between(0.9, 1.6);
        }
    }

    private static Atmosphere Air(SeededRandom random, SceneOptions options, double reach)
    {
        var overcast = random.Chance(0.35) ? random.Between(0.5, 1) : random.Between(0, 0.25);
        var elevation = random.Between(18, 70);
        var warm = (float)Math.Clamp((40 - elevation) / 40, 0, 1);
        var sunColor = new Color(1, 1 - 0.25f * warm, 1 - 0.5f * warm) * (float)(random.Between(2, 3.2) * (1 - 0.85 * overcast));
        var sun = Light.Sun(new(0, 0, 0.7 * reach), random.Between(0, 360), elevation, reach, sunColor);
        var blue = Color.Display(random.Between(0.6, 0.95), random.Between(0.35, 0.7) * (1 - overcast), random.Between(200, 220));
        var horizon = Color.Mix(Color.Display(0.9, 0.08, 30 + 180 * random.Unit()), blue, 0.25f);
        var sky = new Sky(horizon, blue, Color.Grey(random.Between(0.75, 1)), (float)(random.Between(0, 0.45) + 0.45 * overcast), (uint)random.Next());
        var ambient = Color.Mix(horizon, blue, 0.3f) * (float)(random.Between(0.4, 0.7) + 0.3 * overcast);
        var visibility = random.Between(options.FogVisibilityMeters);
        var fog = random.Chance(options.FogProbability) ? Attenuation.PerMeter(visibility) : 0;
        return new(sun, ambient, ambient * 0.45f, sky, fog);
    }
}
