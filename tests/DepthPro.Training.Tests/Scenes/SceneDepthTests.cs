using DepthPro.Training.Scenes;
using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Surfaces;

namespace DepthPro.Training.Tests.Scenes;

public sealed class SceneDepthTests
{
    // A float has 24 bits; inverse depth is rounded to one, and its reciprocal again.
    private const double Rounding = 4e-7;

    [Theory]
    [InlineData(ScenePlace.Room)]
    [InlineData(ScenePlace.OpenGround)]
    [InlineData(ScenePlace.Yard)]
    [InlineData(ScenePlace.TableTop)]
    public void Equals_that_of_a_naive_ray_caster(ScenePlace place)
    {
        const int Width = 40, Height = 24;
        for (var seed = 0; seed < 15; seed++)
        {
            var scene = Scene.Generate(seed, SceneOptions.Wide with { Places = [place] });
            var expected = NaiveRayCaster.Cast(scene, Width, Height, 1.4);
            var found = scene.Render(Width, Height, 1.4).Depth.Meters.ToArray();
            var worst = Enumerable.Range(0, found.Length).MaxBy(i => Math.Abs(found[i] / expected[i] - 1));
            Assert.True(Math.Abs(found[worst] / expected[worst] - 1) < Rounding, $"Seed {seed}, pixel {worst}: got {found[worst]}, expected {expected[worst]}");
        }
    }

    [Fact]
    public void Unprojects_the_ground_to_the_camera_height()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var scene = Scene.Generate(seed, SceneOptions.Wide with { Places = [ScenePlace.OpenGround] });
            var surfaces = scene.Look(60, 40, 1.5).Surface;
            var picture = scene.Render(60, 40);
            var camera = Frame.World.Pitched(scene.PitchDegrees).Rolled(scene.RollDegrees);
            for (var i = 0; i < surfaces.Length; i++)
            {
                // The first surface of open ground is the ground.
                if (surfaces[i] != 0 || picture.Depth.Meters[i] > 1000) { continue; }
                var (point, meters) = (Unproject(picture, i), picture.Depth.Meters[i]);
                var height = scene.CameraHeightMeters + camera.Direction(point.X, -point.Y, point.Z).Y;
                Assert.True(Math.Abs(height) < 1e-6 * meters * 2, $"Seed {seed}, pixel {i}: the ground at {meters} m is {height} m high");
            }
        }
    }

    [Fact]
    public void Unprojects_flat_surfaces_to_planes_also_where_pixels_are_not_square()
    {
        var planes = 0;
        for (var seed = 0; seed < 10; seed++)
        {
            var scene = Scene.Generate(seed, SceneOptions.Plain with { Places = [ScenePlace.Room] });
            var (surfaces, picture) = (scene.Look(48, 48, scene.AspectRatio).Surface, scene.Render(48, 48, scene.AspectRatio));
            foreach (var pixels in Enumerable.Range(0, surfaces.Length).GroupBy(i => surfaces[i]).Where(pixels => scene.Surfaces[pixels.Key] is Patch && pixels.Count() > 30))
            {
                Vec3[] points = [.. pixels.Select(i => Unproject(picture, i))];
                var (first, far) = (points[0], points.MaxBy(point => (point - points[0]).Length));
                var normal = points.Select(point => (point - first).Cross(far - first)).MaxBy(n => n.Length).Unit;
                Assert.All(points, point => Assert.True(Math.Abs((point - first).Dot(normal)) < 1e-4 * point.Z, $"Seed {seed}: {point} is off its plane"));
                planes++;
            }
        }
        Assert.True(planes > 30, $"{planes} planes");
    }

    [Fact]
    public void Is_10_km_under_the_sky()
    {
        var picture = Scene.Generate(3, SceneOptions.Plain with { Places = [ScenePlace.OpenGround], ObjectCount = new(0, 0), PitchDegrees = new(60, 60) }).Render(16, 16);
        Assert.All(picture.Depth.Meters.ToArray(), meters => Assert.Equal(1e4f, meters));
    }

    [Fact]
    public void Rests_on_the_focal_length_of_the_field_of_view()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var scene = Scene.Generate(seed, SceneOptions.Wide);
            var (square, squashed) = (scene.Render(60, 40), scene.Render(60, 60, scene.AspectRatio));
            Assert.Equal(scene.FieldOfViewDegrees, square.FieldOfViewDegrees);
            Assert.Equal(scene.FieldOfViewDegrees, square.Depth.FieldOfViewDegrees, 1e-4);
            Assert.Equal(scene.FieldOfViewDegrees, squashed.Depth.FieldOfViewDegrees, 1e-4);
            Assert.Equal(square.Depth.FocalLengthPixels, square.VerticalFocalLengthPixels, 1e-3);
            Assert.Equal(squashed.Depth.FocalLengthPixels * scene.AspectRatio, squashed.VerticalFocalLengthPixels, 1e-3);
        }
    }

    [Fact]
    public void Is_the_same_on_a_squashed_picture_where_the_rays_are()
    {
        var scene = Scene.Generate(11, SceneOptions.Wide);
        var (square, squashed) = (scene.Render(96, 63).Depth, scene.Render(96, 21, 96.0 / 63).Depth);
        for (var y = 0; y < 21; y++)
        {
            // The middle of a squashed row is the middle of the second of three rows.
            for (var x = 0; x < 96; x++) { Assert.Equal(1, squashed[x, y] / square[x, 3 * y + 1], 1e-6); }
        }
    }

    private static Vec3 Unproject(RenderedScene picture, int pixel)
    {
        var (width, height, meters) = (picture.Depth.Width, picture.Depth.Height, picture.Depth.Meters[pixel]);
        var x = (pixel % width + 0.5 - width / 2.0) / picture.Depth.FocalLengthPixels;
        var y = (pixel / width + 0.5 - height / 2.0) / picture.VerticalFocalLengthPixels;
        return new Vec3(x, y, 1) * meters;
    }
}
