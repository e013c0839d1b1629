namespace DepthPro.Training.Scenes;

/// <summary>What scenes are drawn from: each scene picks its values evenly from these ranges. Immutable, thread-safe.</summary>
public sealed record SceneOptions
{
    /// <summary>The defaults: one person's eye height, field of view 55 to 70 degrees, rooms and open ground with objects.</summary>
    public static SceneOptions Plain { get; } = new();

    /// <summary>Field of view 30 to 90 degrees, heights from a child's to a ladder's, also table tops and yards, objects from 0.3 to 80 m.</summary>
    public static SceneOptions Wide { get; } = new()
    {
        Places = [ScenePlace.Room, ScenePlace.OpenGround, ScenePlace.Yard, ScenePlace.TableTop],
        CameraHeightMeters = new(0.7, 2.8),
        FieldOfViewDegrees = new(30, 90),
        AspectRatio = new(0.67, 1.8),
        PitchDegrees = new(-25, 8),
        RollDegrees = new(-5, 5),
        ObjectCount = new(3, 16),
        ObjectDistanceMeters = new(0.3, 80),
        RoomSizeMeters = new(2.5, 14),
        FogProbability = 0.15,
        SensorNoise = new(0, 0.04),
        ColorCast = 0.15,
    };

    /// <summary>The places to choose from, all equally often; one named twice comes twice as often. Not empty.</summary>
    public IReadOnlyList<ScenePlace> Places { get; init; } = [ScenePlace.Room, ScenePlace.OpenGround];

    /// <summary>The kinds of objects to choose from; of these, a place gets those that belong there.</summary>
    public IReadOnlyList<SceneObjectKind> Objects { get; init; } = Enum.GetValues<SceneObjectKind>();

    /// <summary>Of the camera above floor or ground; 0.3 to 20 m.</summary>
    public Interval CameraHeightMeters { get; init; } = new(1.55, 1.65);

    /// <summary>Of the camera above the table in a <see cref="ScenePlace.TableTop"/>; 0.1 to 2 m.</summary>
    public Interval TableCameraHeightMeters { get; init; } = new(0.15, 0.6);

    /// <summary>Horizontal; 10 to 130 degrees.</summary>
    public Interval FieldOfViewDegrees { get; init; } = new(55, 70);

    /// <summary>Width by height of the photos that the scenes are composed for (<see cref="Scene.AspectRatio"/>); 0.25 to 4.</summary>
    public Interval AspectRatio { get; init; } = new(1, 1.5);

    /// <summary>The camera's tilt, upwards positive; -60 to 60 degrees. Table tops are looked down upon by 5 to 30 degrees more.</summary>
    public Interval PitchDegrees { get; init; } = new(-15, 4);

    /// <summary>The camera's rotation about its axis, clockwise positive; -45 to 45 degrees.</summary>
    public Interval RollDegrees { get; init; } = new(-2, 2);

    /// <summary>How many objects to place; 0 to 64. There are fewer where they find no room.</summary>
    public Interval ObjectCount { get; init; } = new(3, 12);

    /// <summary>From the camera to the objects' middles, along the ground; 0.2 to 1000 m. Large objects keep a distance that suits their size.</summary>
    public Interval ObjectDistanceMeters { get; init; } = new(1, 25);

    /// <summary>Length and width of rooms; 2 to 50 m.</summary>
    public Interval RoomSizeMeters { get; init; } = new(3, 8);

    /// <summary>Share of the scenes under the sky that have fog; 0 to 1.</summary>
    public double FogProbability { get; init; } = 0.1;

    /// <summary>Where there is fog, the distance at which 2 % of the contrast is left (Koschmieder's visibility); 1 to 100,000 m.</summary>
    public Interval FogVisibilityMeters { get; init; } = new(25, 300);

    /// <summary>Standard deviation of the sensor's noise, of the largest value; 0 to 0.2.</summary>
    public Interval SensorNoise { get; init; } = new(0, 0.02);

    /// <summary>How soft the lens is: from 0, each pixel for itself, to 1, a binomial blur over 3 x 3 pixels. Depth stays sharp.</summary>
    public Interval Softness { get; init; } = new(0.3, 1);

    /// <summary>Largest factor by which a colour channel is too strong or too weak, less 1; 0 to 0.5.</summary>
    public double ColorCast { get; init; } = 0.08;

    /// <summary>Options between these and others: ranges and shares in proportion; places, in rising share, those of the others.</summary>
    /// <param name="other">What they grow into.</param>
    /// <param name="share">0: these; 1: the others.</param>
    internal SceneOptions Toward(SceneOptions other, double share)
    {
        double Number(Func<SceneOptions, double> of) => of(this) + (of(other) - of(this)) * share;
        Interval Range(Func<SceneOptions, Interval> of) => new(Number(o => of(o).Low), Number(o => of(o).High));
        // A place named n times comes n times as often: a tenth of the scenes is a list of both lists' lengths multiplied.
        IEnumerable<ScenePlace> Tenths(SceneOptions of, double tenths) => Enumerable.Range(0, (int)Math.Round(tenths) * Places.Count * other.Places.Count).Select(i => of.Places[i % of.Places.Count]);
        return other with
        {
            Places = share <= 0 ? Places : share >= 1 ? other.Places : [.. Tenths(this, 10 * (1 - share)), .. Tenths(other, 10 * share)],
            CameraHeightMeters = Range(o => o.CameraHeightMeters),
            TableCameraHeightMeters = Range(o => o.TableCameraHeightMeters),
            FieldOfViewDegrees = Range(o => o.FieldOfViewDegrees),
            AspectRatio = Range(o => o.AspectRatio),
            PitchDegrees = Range(o => o.PitchDegrees),
            RollDegrees = Range(o => o.RollDegrees),
            ObjectCount = Range(o => o.ObjectCount),
            ObjectDistanceMeters = Range(o => o.ObjectDistanceMeters),
            RoomSizeMeters = Range(o => o.RoomSizeMeters),
            FogProbability = Number(o => o.FogProbability),
            FogVisibilityMeters = Range(o => o.FogVisibilityMeters),
            SensorNoise = Range(o => o.SensorNoise),
            Softness = Range(o => o.Softness),
            ColorCast = Number(o => o.ColorCast),
        };
    }
}
