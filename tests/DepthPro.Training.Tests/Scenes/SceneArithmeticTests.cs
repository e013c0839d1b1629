using DepthPro.Training.Scenes.Geometry;
using DepthPro.Training.Scenes.Shading;

namespace DepthPro.Training.Tests.Scenes;

/// <summary>What scenes compute by themselves, so as not to depend on the platform.</summary>
public sealed class SceneArithmeticTests
{
    // The published reference implementation's first numbers for this seed.
    [Fact]
    public void Random_numbers_are_those_of_splitmix64()
    {
        var random = new SeededRandom(1234567);
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.Next()).ToArray());
    }

    [Fact]
    public void Counts_reach_both_ends()
    {
        var random = new SeededRandom(1);
        Assert.Equal([2, 3, 4, 5], Enumerable.Range(0, 200).Select(_ => random.Count(2, 5)).Distinct().Order());
    }

    [Fact]
    public void Sine_and_cosine_are_those_of_the_platform_but_for_rounding()
    {
        for (var degrees = -720.0; degrees <= 720; degrees += 0.37)
        {
            var (sin, cos) = Trigonometry.SinCos(degrees);
            Assert.Equal(Math.Sin(degrees * Math.PI / 180), sin, 4e-15);
            Assert.Equal(Math.Cos(degrees * Math.PI / 180), cos, 4e-15);
        }
    }

    [Fact]
    public void Attenuation_is_exponential()
    {
        for (var x = 0.0; x < 20; x += 0.01) { Assert.Equal(Math.Exp(-x), Attenuation.Of(x), 1e-5); }
        Assert.Equal(0.02, Attenuation.Of(50 * Attenuation.PerMeter(50)), 1e-4);
    }

    [Fact]
    public void Value_noise_is_continuous_and_between_0_and_1()
    {
        for (var i = 0; i < 2000; i++)
        {
            var (x, y, z) = (i * 0.013 - 13, i * 0.007 - 7, i * 0.003);
            var here = Noise.Value(x, y, z, 5);
            Assert.InRange(here, 0, 1);
            Assert.Equal(here, Noise.Value(x + 1e-4, y - 1e-4, z + 1e-4, 5), 2e-3);
        }
    }

    [Fact]
    public void A_pitched_camera_looks_up_and_a_rolled_one_leans_to_the_right()
    {
        Assert.Equal(0.5, Frame.World.Pitched(30).Forward.Y, 1e-12);
        Assert.Equal(0.5, Frame.World.Rolled(30).Up.X, 1e-12);
        Assert.Equal(0.5, Frame.World.Yawed(30).Forward.X, 1e-12);
    }
}
