using DepthPro.Training.Scenes.Geometry;

namespace DepthPro.Training.Scenes.Content;

/// <summary>Keeps objects on a level floor apart, and within its walls. Not thread-safe.</summary>
/// <param name="floor">A point of the floor and the directions of the walls.</param>
/// <param name="halfWidth">From the frame's origin to the walls right and left.</param>
/// <param name="halfDepth">From the frame's origin to the walls before and behind.</param>
internal sealed class GroundPlan(Frame floor, double halfWidth, double halfDepth)
{
    private readonly List<(Vec3 Middle, double Radius)> _taken = [];

    /// <summary>Takes a circle of the floor unless it reaches beyond the walls or into another.</summary>
    public bool TryTake(Vec3 middle, double radius)
    {
        var local = floor.ToLocal(middle);
        if (Math.Abs(local.X) > halfWidth - radius || Math.Abs(local.Z) > halfDepth - radius) { return false; }
        foreach (var (other, otherRadius) in _taken)
        {
            var (x, z, apart) = (other.X - middle.X, other.Z - middle.Z, radius + otherRadius);
            if (x * x + z * z < apart * apart) { return false; }
        }
        _taken.Add((middle, radius));
        return true;
    }

    /// <summary>A frame at some wall, looking at it, with <paramref name="clearance"/> between its origin and the wall.</summary>
    public Frame AtWall(SeededRandom random, double clearance) => random.Count(0, 3) switch
    {
        0 => floor.At(random.Between(-halfWidth, halfWidth), 0, halfDepth - clearance),
        1 => floor.At(random.Between(-halfWidth, halfWidth), 0, clearance - halfDepth).Yawed(180),
        2 => floor.At(halfWidth - clearance, 0, random.Between(-halfDepth, halfDepth)).Yawed(90),
        _ => floor.At(clearance - halfWidth, 0, random.Between(-halfDepth, halfDepth)).Yawed(-90),
    };
}
