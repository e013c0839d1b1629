using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Shading;

namespace DepthPro.Training.Scenes.Content;

/// <summary>Places with a roof.</summary>
internal static class Indoors
{
    // The least space between the camera and a wall.
    private const double Elbow = 0.4;

    public static Surroundings Room(SceneBuilder scene, SceneOptions options)
    {
        var random = scene.Random;
        var cameraHeight = random.Between(options.CameraHeightMeters);
        var (width, depth) = (random.Between(options.RoomSizeMeters), random.Between(options.RoomSizeMeters));
        var floor = Around(random, width, depth);
        var height = Math.Max(random.Between(2.3, 3.2), cameraHeight + 0.3);
        Rooms.Build(scene, floor, width, depth, height);
        var light = Rooms.Lamp(scene, floor, width, depth, height, spread: 2.2);
        var distances = Surroundings.Within(options.ObjectDistanceMeters, Math.Sqrt(width * width + depth * depth));
        return new(Air(random, light), new(floor, width / 2, depth / 2), distances, SupportHeight: 0) { CameraHeight = cameraHeight };
    }

    public static Surroundings TableTop(SceneBuilder scene, SceneOptions options)
    {
        var random = scene.Random;
        var aboveTable = random.Between(options.TableCameraHeightMeters);
        var tableHeight = random.Between(0.7, 0.78);
        var (roomWidth, roomDepth) = (random.Between(options.RoomSizeMeters), random.Between(options.RoomSizeMeters));
        var floor = Around(random, roomWidth, roomDepth);
        var height = Math.Max(random.Between(2.3, 3.2), tableHeight + aboveTable + 0.3);
        Rooms.Build(scene, floor, roomWidth, roomDepth, height);

        // The table begins under the camera and is looked at from one of its sides.
        var (width, depth) = (random.Between(0.8, 2), random.Between(0.7, 1.4));
        var top = scene.Random.Chance(0.7) ? scene.Palette.Wood() : scene.Palette.Fabric();
        var table = Frame.World.At(0, 0, depth / 2 - random.Between(0, 0.25)).Yawed(random.Between(-15, 15));
        scene.Box(table.At(0, tableHeight - 0.035, 0), width, 0.035, depth, top);
        foreach (var (x, z) in new[] { (-0.45, -0.45), (0.45, -0.45), (-0.45, 0.45), (0.45, 0.45) })
        {
            scene.Rod(table.Point(x * width, 0, z * depth), table.Point(x * width, tableHeight - 0.035, z * depth), 0.03, 0.03, top);
        }
        var light = Rooms.Lamp(scene, floor, roomWidth, roomDepth, height, spread: 1.4);
        var distances = Surroundings.Within(options.ObjectDistanceMeters, depth + 0.3);
        return new(Air(random, light), new(table, width / 2, depth / 2), distances, tableHeight) { CameraHeight = tableHeight + aboveTable, PitchDownDegrees = random.Between(5, 30) };
    }

    // A floor somewhere inside which the camera stands, looking more often along the room and away from the nearer wall.
    private static Frame Around(SeededRandom random, double width, double depth)
    {
        // Nearer to the wall behind than to the one ahead: whoever takes a photo steps back.
        var (x, z) = (random.Between(-1, 1) * (width / 2 - Elbow), (random.NearerLow(0, 1.4) - 1) * (depth / 2 - Elbow));
        var (narrow, wide) = x < 0 ? (-45, 15) : (-15, 45);
        var turned = Frame.World.Yawed(random.Between(narrow, wide));
        return turned.At(-x, 0, -z);
    }

    private static Atmosphere Air(SeededRandom random, Light light)
    {
        var tint = Color.Display(1, random.Between(0, 0.2), random.Pick(40.0, 50.0, 210.0));
        var ambient = (float)random.Between(0.35, 0.9);
        return new(light, tint * ambient, tint * (ambient * 0.75f), new(Color.White, Color.White, Color.White, 0, 0), FogPerMeter: 0);
    }
}
