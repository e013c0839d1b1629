using DepthPro.Training.Scenes.Geometry;

namespace DepthPro.Training.Scenes.Content;

/// <summary>Places objects before a camera that stands at the origin and looks along z.</summary>
internal static class ObjectPlacement
{
    // After this many tries there is no room.
    private const int Tries = 20;

    // Half of a shelf's depth and a hand's width.
    private const double WallClearance = 0.3;

    /// <summary>Places up to <paramref name="count"/> objects and returns what it placed.</summary>
    /// <param name="scene">Gets the surfaces.</param>
    /// <param name="recipes">What to choose from.</param>
    /// <param name="count">How many.</param>
    /// <param name="plan">Where there is room.</param>
    /// <param name="distances">Along the ground, metres.</param>
    /// <param name="halfAngleDegrees">To either side of the camera's direction.</param>
    /// <param name="height">Of what the objects stand on, metres.</param>
    public static List<SceneObjectKind> Place(SceneBuilder scene, IReadOnlyList<ObjectRecipe> recipes, int count, GroundPlan plan, Interval distances, double halfAngleDegrees, double height)
    {
        var placed = new List<SceneObjectKind>();
        if (recipes.Count == 0) { return placed; }
        var random = scene.Random;
        for (; count > 0; count--)
        {
            var recipe = recipes[random.Count(0, recipes.Count - 1)];
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                var frame = recipe.AtWall && attempt < Tries / 2 ? plan.AtWall(random, WallClearance) : Before(random, recipe, distances, halfAngleDegrees);
                frame = frame with { Origin = frame.Origin with { Y = height } };
                if (!IsInRange(frame.Origin, recipe, distances) || !plan.TryTake(frame.Origin, recipe.AtWall ? WallClearance : recipe.Radius)) { continue; }
                recipe.Build(scene, frame);
                placed.Add(recipe.Kind);
                break;
            }
        }
        return placed;
    }

    private static Frame Before(SeededRandom random, ObjectRecipe recipe, Interval distances, double halfAngleDegrees)
    {
        var nearest = Math.Max(distances.Low, recipe.NearestMeters);
        var distance = random.NearerLow(nearest, Math.Max(distances.High, nearest));
        // Large objects also show when their middle does not.
        var (sin, cos) = Trigonometry.SinCos(random.Between(-halfAngleDegrees, halfAngleDegrees));
        return (Frame.World with { Origin = new(distance * sin, 0, distance * cos) }).Yawed(random.Between(0, 360));
    }

    private static bool IsInRange(Vec3 at, ObjectRecipe recipe, Interval distances)
    {
        var distance = Math.Sqrt(at.X * at.X + at.Z * at.Z);
        return distance >= recipe.NearestMeters && distances.Contains(distance);
    }
}
