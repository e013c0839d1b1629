using DepthPro.Training.Scenes.Content;
using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Shading;
using DepthPro.Training.Scenes.Surfaces;

namespace DepthPro.Training.Scenes;

/// <summary>A synthetic place with objects, whose photo is rendered with exact depth. The same seed and options give the same scene and, bit for bit, the
/// same pictures on every machine. Immutable, thread-safe.</summary>
/// <remarks>A room or open ground of plausible sizes in metres, made of rectangles, ellipses, ellipsoids, cylinders and cones, seen by a pinhole
/// camera.</remarks>
public sealed class Scene
{
    private readonly Frame _camera;
    private readonly Atmosphere _air;
    private readonly Sensor _sensor;

    private Scene(long seed, SceneOptions options)
    {
        var random = new SeededRandom((ulong)seed);
        var (placing, building, optics) = (random.Fork(), random.Fork(), random.Fork());
        Seed = seed;
        FieldOfViewDegrees = (float)optics.Between(options.FieldOfViewDegrees);
        AspectRatio = (float)optics.Between(options.AspectRatio);
        PitchDegrees = (float)optics.Between(options.PitchDegrees);
        RollDegrees = (float)optics.Between(options.RollDegrees);
        Place = options.Places[placing.Count(0, options.Places.Count - 1)];

        var scene = new SceneBuilder(building);
        var around = Surroundings.Build(scene, Place, options);
        (_air, CameraHeightMeters, PitchDegrees) = (around.Air, (float)around.CameraHeight, PitchDegrees - (float)around.PitchDownDegrees);
        ObjectRecipe[] recipes = [.. ObjectRecipe.For(Place).Where(recipe => options.Objects.Contains(recipe.Kind))];
        var count = placing.Count((int)Math.Ceiling(options.ObjectCount.Low), (int)options.ObjectCount.High);
        Objects = ObjectPlacement.Place(scene, recipes, count, around.Plan, around.Distances, FieldOfViewDegrees / 2, around.SupportHeight);
        Surfaces = scene.Surfaces;
        _camera = Frame.World.At(0, CameraHeightMeters, 0).Pitched(PitchDegrees).Rolled(RollDegrees);

        float Gain() => (float)(1 + optics.Between(-options.ColorCast, options.ColorCast));
        _sensor = new((float)optics.Between(0.15, 0.38), new(Gain(), Gain(), Gain()), (float)optics.Between(options.Softness), (float)optics.Between(0, 0.35),
            (float)optics.Between(options.SensorNoise), (uint)optics.Next());
    }

    /// <summary>The number that it was generated from.</summary>
    public long Seed { get; }

    /// <summary>What surrounds the camera.</summary>
    public ScenePlace Place { get; }

    /// <summary>What was placed, in that order; where it stands it may be hidden.</summary>
    public IReadOnlyList<SceneObjectKind> Objects { get; }

    /// <summary>Horizontal, degrees; of every rendering, whatever its size.</summary>
    public float FieldOfViewDegrees { get; }

    /// <summary>Width by height of the photo that the scene was composed for; to be given to <see cref="Render"/> for squashed renderings.</summary>
    public float AspectRatio { get; }

    /// <summary>Of the camera above floor or ground.</summary>
    public float CameraHeightMeters { get; }

    /// <summary>The camera's tilt, degrees, upwards positive.</summary>
    public float PitchDegrees { get; }

    /// <summary>The camera's rotation about its axis, degrees, clockwise positive.</summary>
    public float RollDegrees { get; }

    internal IReadOnlyList<Surface> Surfaces { get; }

    /// <summary>Draws a scene from <paramref name="options"/>.</summary>
    /// <param name="seed">Any number; other numbers give other scenes.</param>
    /// <param name="options">What to draw from; null: <see cref="SceneOptions.Plain"/>.</param>
    /// <exception cref="ArgumentException">An option lies outside what its documentation says; the message tells which and the range.</exception>
    public static Scene Generate(long seed, SceneOptions? options = null)
    {
        options ??= SceneOptions.Plain;
        SceneOptionsCheck.Check(options);
        return new(seed, options);
    }

    /// <summary>Renders the photo and its depth. Each pixel's depth is that of the nearest surface at its centre; under the sky it is 10,000 m, the depth
    /// of the smallest inverse depth that the network's scale knows. Depth is exact to 1e-6 of itself; only the colours are blurred, fogged and noisy.</summary>
    /// <param name="width">Pixels; positive.</param>
    /// <param name="height">Pixels; positive.</param>
    /// <param name="aspectRatio">Width by height of the photo, which is squashed to the size above. Null: width / height, so that pixels are square. For a
    /// network input, whose aspect ratio is not the photo's: <see cref="AspectRatio"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or the aspect ratio is not positive, or the picture has more than 2^26 pixels.</exception>
    public RenderedScene Render(int width, int height, double? aspectRatio = null)
    {
        const int MaxPixels = 1 << 26;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)width * height, MaxPixels, nameof(width));
        var aspect = aspectRatio ?? (double)width / height;
        if (!(aspect > 0) || double.IsInfinity(aspect)) { throw new ArgumentOutOfRangeException(nameof(aspectRatio), aspect, $"Aspect ratio is {aspect}; expected the photo's width by its height, such as 1.5."); }

        var buffer = Look(width, height, aspect);
        var light = new Shader(Surfaces, _air, buffer).Shade();
        var name = FormattableString.Invariant($"scene-{Seed}");
        var photo = Photo.Adopt(width, height, _sensor.Develop(light, width, height), name);
        var depth = DepthMap.Adopt(width, height, MetersOf(buffer.InverseDepth), FocalLengthPixels(width), FocalLengthSource.Given);
        return new(photo, depth, FieldOfViewDegrees, (float)(1 / buffer.StepY));
    }

    /// <summary>In pixels of a row of a rendering: half the width by the tangent of half the field of view.</summary>
    internal float FocalLengthPixels(int width) => (float)(0.5 * width / Trigonometry.Tan(0.5 * FieldOfViewDegrees));

    internal DepthBuffer Look(int width, int height, double aspectRatio)
    {
        var halfWidth = Trigonometry.Tan(0.5 * FieldOfViewDegrees);
        var buffer = new DepthBuffer(new(_camera, halfWidth, halfWidth / aspectRatio), width, height);
        for (var i = 0; i < Surfaces.Count; i++) { Surfaces[i].Draw(buffer, i); }
        return buffer;
    }

    private static float[] MetersOf(float[] inverseDepth)
    {
        const float SmallestInverse = 1e-4f; // DepthMaps' range ends at 1e4 m
        var meters = GC.AllocateUninitializedArray<float>(inverseDepth.Length);
        for (var i = 0; i < meters.Length; i++) { meters[i] = 1 / Math.Max(inverseDepth[i], SmallestInverse); }
        return meters;
    }
}
