using DepthPro.Training.Scenes;

namespace DepthPro.Training.Tests.Scenes;

public sealed class SceneOptionsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Are_respected_by_every_scene(bool wide)
    {
        var options = wide ? SceneOptions.Wide : SceneOptions.Plain;
        Scene[] scenes = [.. Enumerable.Range(0, 200).Select(seed => Scene.Generate(seed, options))];
        Assert.All(scenes, scene =>
        {
            Assert.Contains(scene.Place, options.Places);
            Within(options.FieldOfViewDegrees, scene.FieldOfViewDegrees);
            Within(options.AspectRatio, scene.AspectRatio);
            Within(options.RollDegrees, scene.RollDegrees);
            Assert.InRange(scene.Objects.Count, 0, (int)options.ObjectCount.High);
            if (scene.Place == ScenePlace.TableTop) { return; }
            Within(options.CameraHeightMeters, scene.CameraHeightMeters);
            Within(options.PitchDegrees, scene.PitchDegrees);
        });
        // Drawn from the whole range, not from a part of it.
        Assert.True(scenes.Max(scene => scene.FieldOfViewDegrees) - scenes.Min(scene => scene.FieldOfViewDegrees) > 0.9 * (options.FieldOfViewDegrees.High - options.FieldOfViewDegrees.Low));
    }

    [Fact]
    public void Limit_the_kinds_and_the_number_of_objects()
    {
        var options = SceneOptions.Plain with { Objects = [SceneObjectKind.Chair, SceneObjectKind.Tree], ObjectCount = new(2, 2) };
        var objects = Enumerable.Range(0, 40).Select(seed => Scene.Generate(seed, options)).ToList();
        Assert.Equal([SceneObjectKind.Tree, SceneObjectKind.Chair], objects.SelectMany(scene => scene.Objects).Distinct().Order());
        Assert.All(objects, scene => Assert.InRange(scene.Objects.Count, 0, 2));
        Assert.Contains(objects, scene => scene.Objects.Count == 2);
    }

    [Fact]
    public void Say_where_table_tops_are_looked_at_from()
    {
        var options = SceneOptions.Plain with { Places = [ScenePlace.TableTop], TableCameraHeightMeters = new(0.5, 0.5) };
        Assert.All(Enumerable.Range(0, 20), seed => Assert.InRange(Scene.Generate(seed, options).CameraHeightMeters, 0.7f + 0.5f, 0.78f + 0.5f));
    }

    public static TheoryData<SceneOptions, string, string> Impossible => new()
    {
        { new() { FieldOfViewDegrees = new(20, 190) }, "FieldOfViewDegrees is 20..190 degrees", "10..130" },
        { new() { FieldOfViewDegrees = new(70, 60) }, "FieldOfViewDegrees is 70..60 degrees", "its lower end first" },
        { new() { CameraHeightMeters = new(double.NaN, 2) }, "CameraHeightMeters is NaN..2 metres", "0.3..20" },
        { new() { TableCameraHeightMeters = new(0, 1) }, "TableCameraHeightMeters is 0..1", "0.1..2" },
        { new() { AspectRatio = new(0, 1) }, "AspectRatio is 0..1", "0.25..4" },
        { new() { PitchDegrees = new(-90, 0) }, "PitchDegrees is -90..0", "-60..60" },
        { new() { RollDegrees = new(0, 90) }, "RollDegrees is 0..90", "-45..45" },
        { new() { ObjectCount = new(0, 1000) }, "ObjectCount is 0..1000", "0..64" },
        { new() { ObjectDistanceMeters = new(0, 5) }, "ObjectDistanceMeters is 0..5", "0.2..1000" },
        { new() { RoomSizeMeters = new(1, 5) }, "RoomSizeMeters is 1..5", "2..50" },
        { new() { FogProbability = 1.5 }, "FogProbability is 1.5..1.5", "0..1" },
        { new() { FogVisibilityMeters = new(0, 5) }, "FogVisibilityMeters is 0..5", "1..100000" },
        { new() { SensorNoise = new(0, 1) }, "SensorNoise is 0..1", "0..0.2" },
        { new() { Softness = new(-1, 1) }, "Softness is -1..1", "0..1" },
        { new() { ColorCast = -0.1 }, "ColorCast is -0.1..-0.1", "0..0.5" },
        { new() { Places = [] }, "Places is []", "expected one or more of Room, OpenGround, Yard, TableTop" },
        { new() { Objects = [(SceneObjectKind)99] }, "Objects is [99]", "expected one or more of Box" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Are_refused_with_what_was_found_and_expected(SceneOptions options, string found, string expected)
    {
        var message = Assert.ThrowsAny<ArgumentException>(() => Scene.Generate(1, options)).Message;
        Assert.Contains(found, message);
        Assert.Contains(expected, message);
    }

    private static void Within(Interval range, double value) => Assert.InRange(value, range.Low - 1e-5, range.High + 1e-5); // a float's rounding
}
