using System.Security.Cryptography;
using DepthPro.Tests;
using DepthPro.Training.Scenes;

namespace DepthPro.Training.Tests.Scenes;

public sealed class SceneTests
{
    [Theory]
    [InlineData("plain", "D887B42607589D16", "3BB7E42100D2D3E5")]
    [InlineData("wide", "FB033D6767C9E0C6", "A28B6A6DA369AFF3")]
    // Goldens, made by this generator: whoever changes what scenes look like changes them, and says so in CHANGELOG.md.
    public void Gives_the_same_bits_for_a_seed_on_every_machine(string domain, string depthHash, string photoHash)
    {
        using var depths = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var photos = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var seed = 0; seed < 12; seed++)
        {
            var picture = Scene.Generate(seed, Domain(domain)).Render(96, 64);
            depths.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(picture.Depth.Meters));
            photos.AppendData(picture.Photo.Rgb);
        }
        Assert.Equal((depthHash, photoHash), (Short(depths), Short(photos)));

        static string Short(IncrementalHash hash) => Convert.ToHexString(hash.GetHashAndReset())[..16];
    }

    [Fact]
    public void Gives_the_same_bits_on_many_threads_at_once()
    {
        var scene = Scene.Generate(7, SceneOptions.Wide);
        var alone = scene.Render(64, 48);
        Threads.Together(4, _ =>
        {
            var again = scene.Render(64, 48);
            var anew = Scene.Generate(7, SceneOptions.Wide).Render(64, 48);
            Assert.Equal(alone.Photo.Rgb, again.Photo.Rgb);
            Assert.Equal(alone.Photo.Rgb, anew.Photo.Rgb);
            Assert.Equal(alone.Depth.Meters, anew.Depth.Meters);
        });
    }

    [Fact]
    public void Gives_another_scene_for_another_seed()
    {
        var depths = Enumerable.Range(-10, 20).Select(seed => string.Join(',', Scene.Generate(seed).Render(8, 6).Depth.Meters.ToArray())).ToHashSet();
        Assert.Equal(20, depths.Count);
    }

    [Fact]
    public void Contains_every_kind_of_object_and_place_over_200_seeds()
    {
        Scene[] scenes = [.. Enumerable.Range(0, 200).Select(seed => Scene.Generate(seed, SceneOptions.Wide))];
        Assert.Equal(Enum.GetValues<SceneObjectKind>(), scenes.SelectMany(scene => scene.Objects).Distinct().Order());
        Assert.Equal(Enum.GetValues<ScenePlace>(), scenes.Select(scene => scene.Place).Distinct().Order());
    }

    [Fact]
    public void Leaves_the_depth_as_it_is_whatever_the_air_and_the_sensor()
    {
        var clear = SceneOptions.Wide with { FogProbability = 0, SensorNoise = new(0, 0), Softness = new(0, 0), ColorCast = 0 };
        var dim = SceneOptions.Wide with { FogProbability = 1, SensorNoise = new(0.2, 0.2), Softness = new(1, 1), ColorCast = 0.5 };
        for (var seed = 0; seed < 10; seed++)
        {
            var (sharp, foggy) = (Scene.Generate(seed, clear).Render(48, 32), Scene.Generate(seed, dim).Render(48, 32));
            Assert.Equal(sharp.Depth.Meters, foggy.Depth.Meters);
            Assert.False(sharp.Photo.Rgb.SequenceEqual(foggy.Photo.Rgb), $"Seed {seed}: the photo shows no noise");
        }
    }

    [Fact]
    public void Shows_something_in_every_photo()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var picture = Scene.Generate(seed, seed % 2 == 0 ? SceneOptions.Plain : SceneOptions.Wide).Render(64, 48);
            var values = picture.Photo.Rgb.ToArray();
            var mean = values.Average(value => value);
            Assert.True(mean is > 50 and < 205, $"Seed {seed}: mean value {mean}");
            Assert.True(picture.Depth.Min > 0.05f, $"Seed {seed}: something touches the lens at {picture.Depth.Min} m");
            Assert.True(picture.Depth.Max / picture.Depth.Min > 1.2f, $"Seed {seed}: depth is flat, {picture.Depth}");
        }
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, -1)]
    [InlineData(1 << 14, 1 << 14)]
    public void Refuses_pictures_without_a_sensible_size(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Scene.Generate(1).Render(width, height));

    [Theory]
    [InlineData(0)]
    [InlineData(-1.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Refuses_aspect_ratios_that_are_not_positive(double aspectRatio) =>
        Assert.Contains("expected the photo's width by its height",
            Assert.Throws<ArgumentOutOfRangeException>(() => Scene.Generate(1).Render(8, 8, aspectRatio)).Message);

    private static SceneOptions Domain(string name) => name == "wide" ? SceneOptions.Wide : SceneOptions.Plain;
}
