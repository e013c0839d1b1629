using DepthPro.Visuals;

namespace DepthPro.Transforms.Tests.Visuals;

public sealed class TurboColormapTests
{
    [Theory]
    [InlineData(0f, 48, 18, 59)]
    [InlineData(-3f, 48, 18, 59)]
    [InlineData(float.NegativeInfinity, 48, 18, 59)]
    [InlineData(1f, 122, 4, 2)]
    [InlineData(7f, 122, 4, 2)]
    [InlineData(float.PositiveInfinity, 122, 4, 2)]
    [InlineData(float.NaN, 0, 0, 0)]
    public void Takes_the_ends_outside_and_black_for_nan(float value, byte red, byte green, byte blue) =>
        Assert.Equal((red, green, blue), TurboColormap.Of(value));

    [Fact]
    public void Changes_colour_at_every_256th_and_nowhere_else()
    {
        for (var i = 0; i < 256; i++)
        {
            Assert.Equal(TurboColormap.Of(i / 256f), TurboColormap.Of(MathF.BitDecrement((i + 1) / 256f)));
        }
        Assert.Equal(256, Enumerable.Range(0, 256).Select(i => TurboColormap.Of(i / 256f)).Distinct().Count());
    }

    // The polynomial is an approximation, off by up to 32 of 255; it and the smoothness below would tell a wrong entry of the table.
    [Fact]
    public void Follows_the_published_polynomial()
    {
        const double tolerance = 33;
        for (var i = 0; i < 256; i++)
        {
            var x = i / 255.0;
            var (red, green, blue) = TurboColormap.Of(i / 256f);
            Assert.Equal(255 * Polynomial(x, 0.13572138, 4.61539260, -42.66032258, 132.13108234, -152.94239396, 59.28637943), red, tolerance);
            Assert.Equal(255 * Polynomial(x, 0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604), green, tolerance);
            Assert.Equal(255 * Polynomial(x, 0.10667330, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973), blue, tolerance);
        }
    }

    [Fact]
    public void Is_smooth()
    {
        var colors = Enumerable.Range(0, 256).Select(i => TurboColormap.Of(i / 256f)).ToArray();
        for (var i = 1; i < 255; i++)
        {
            var (before, here, after) = (colors[i - 1], colors[i], colors[i + 1]);
            Assert.InRange(before.Red - 2 * here.Red + after.Red, -2, 2);
            Assert.InRange(before.Green - 2 * here.Green + after.Green, -2, 2);
            Assert.InRange(before.Blue - 2 * here.Blue + after.Blue, -2, 2);
        }
    }

    private static double Polynomial(double x, params double[] coefficients) =>
        coefficients.Reverse().Aggregate((sum, coefficient) => sum * x + coefficient);
}
