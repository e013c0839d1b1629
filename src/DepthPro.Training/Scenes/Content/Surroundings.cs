using DepthPro.Training.Scenes.Shading;

namespace DepthPro.Training.Scenes.Content;

/// <summary>What a place gives to a scene before any object is placed.</summary>
/// <param name="Air">Light and sky.</param>
/// <param name="Plan">Where objects find room.</param>
/// <param name="Distances">To the objects.</param>
/// <param name="SupportHeight">Of what the objects stand on, metres above the floor.</param>
internal sealed record Surroundings(Atmosphere Air, GroundPlan Plan, Interval Distances, double SupportHeight)
{
    /// <summary>Height of the camera above the floor or ground, metres.</summary>
    public required double CameraHeight { get; init; }

    /// <summary>How much further than drawn the camera looks down, degrees.</summary>
    public double PitchDownDegrees { get; init; }

    /// <summary>Builds a place around the camera, which stands above the origin and looks along z.</summary>
    public static Surroundings Build(SceneBuilder scene, ScenePlace place, SceneOptions options) => place switch
    {
        ScenePlace.Room => Indoors.Room(scene, options),
        ScenePlace.TableTop => Indoors.TableTop(scene, options),
        ScenePlace.Yard => OpenAir.Yard(scene, options),
        _ => OpenAir.OpenGround(scene, options),
    };

    /// <summary>Distances no farther than the walls, where the options allow that.</summary>
    public static Interval Within(Interval distances, double farthest) => new(distances.Low, Math.Clamp(farthest, distances.Low, distances.High));
}
