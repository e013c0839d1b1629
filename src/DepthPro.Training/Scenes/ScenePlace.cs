namespace DepthPro.Training.Scenes;

/// <summary>What surrounds the camera.</summary>
public enum ScenePlace
{
    /// <summary>Floor, ceiling and four walls with pictures, windows and doors, lit by a lamp.</summary>
    Room,

    /// <summary>Level ground to the horizon under a sky, with trees, fences, cars and, further off, buildings.</summary>
    OpenGround,

    /// <summary>A plot of ground between walls, hedges or fences.</summary>
    Yard,

    /// <summary>A table top in a room, seen from close by: cups, bottles, books.</summary>
    TableTop,
}
