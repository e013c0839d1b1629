using System.Numerics;
using DepthPro.Transforms.Tests.Features;

namespace DepthPro.Transforms.Tests.Depth;

public sealed class DepthMeasurementTests
{
    [Fact]
    public void Of_a_wall_is_pixels_by_focal_length_times_depth_and_certain()
    {
        var wall = new DepthMap(40, 30, Enumerable.Repeat(2f, 1200).ToArray(), 100, FocalLengthSource.Given);
        var measured = DepthMeasurement.Between(wall, 5, 10, 35, 10);
        Assert.Equal(30 / 100.0 * 2, measured.Meters, 1e-9);
        Assert.Equal(0, measured.UncertaintyMeters);
        Assert.Equal(measured, DepthMeasurement.Between(wall, 35, 10, 5, 10));
        Assert.Equal(new(0, 0), DepthMeasurement.Between(wall, 7, 7, 7, 7));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Equals_the_distance_of_the_points_and_what_depths_off_by_their_spread_change_of_it(int seed)
    {
        var random = new Random(seed);
        var map = GroundMaps.Change(GroundMaps.Of(60, 40, 55, 1.6, 20), (_, meters) => meters * (1 + 0.002f * random.NextSingle()));
        var (x1, y1, x2, y2) = (random.Next(10, 25), random.Next(22, 37), random.Next(35, 50), random.Next(22, 37));
        Vector3 Point(int x, int y, float off = 0) => new Vector3((x + 0.5f - 30) / 55, (y + 0.5f - 20) / 55, 1) * (map[x, y] + off);
        float Spread(int x, int y) => MathF.Sqrt(Enumerable.Range(0, 25).Average(i => MathF.Pow(map[x - 2 + i % 5, y - 2 + i / 5] - map[x, y], 2)));
        var (s1, s2) = (Spread(x1, y1), Spread(x2, y2));
        var first = (Vector3.Distance(Point(x1, y1, s1), Point(x2, y2)) - Vector3.Distance(Point(x1, y1, -s1), Point(x2, y2))) / 2;
        var second = (Vector3.Distance(Point(x1, y1), Point(x2, y2, s2)) - Vector3.Distance(Point(x1, y1), Point(x2, y2, -s2))) / 2;

        var measured = DepthMeasurement.Between(map, x1, y1, x2, y2);

        Assert.Equal(Vector3.Distance(Point(x1, y1), Point(x2, y2)), measured.Meters, 1e-4);
        var expected = Math.Sqrt(first * first + second * second);
        Assert.Equal(expected, measured.UncertaintyMeters, 0.02 * expected + 1e-4);
        Assert.True(measured.UncertaintyMeters > 1e-3, $"Uncertainty is {measured.UncertaintyMeters}; the test's map has a spread.");
    }

    [Fact]
    public void Is_uncertain_at_an_edge_and_leaves_out_what_is_unknown()
    {
        var edge = new DepthMap(12, 12, [.. Enumerable.Range(0, 144).Select(i => i == 0 ? float.NaN : i % 12 < 6 ? 2f : 8f)], 20, FocalLengthSource.Given);
        var inside = DepthMeasurement.Between(edge, 2, 2, 9, 6).UncertaintyMeters;
        var atTheEdge = DepthMeasurement.Between(edge, 5, 2, 9, 6).UncertaintyMeters;
        Assert.Equal(0, inside);
        Assert.True(atTheEdge > 1, $"Uncertainty is {atTheEdge} m.");
    }

    [Fact]
    public void Needs_a_focal_length()
    {
        var map = new DepthMap(2, 1, [1, 1], float.NaN, FocalLengthSource.Unknown);
        var error = Assert.Throws<ArgumentException>(() => DepthMeasurement.Between(map, 0, 0, 1, 0));
        foreach (var part in new[] { "focal length is unknown", "pixels above 0", "estimate depth" }) { Assert.Contains(part, error.Message, StringComparison.Ordinal); }
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(0f, "0")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void Names_a_pixel_whose_depth_is_unknown(float meters, string text)
    {
        var map = new DepthMap(2, 1, [1, meters], 10, FocalLengthSource.Given);
        var error = Assert.Throws<ArgumentException>(() => DepthMeasurement.Between(map, 0, 0, 1, 0));
        Assert.StartsWith($"The depth of pixel (1, 0) is {text}; expected a finite depth above 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_pixels_outside() =>
        Assert.Contains("Pixel (2, 0) lies outside", Assert.Throws<ArgumentOutOfRangeException>(() => DepthMeasurement.Between(new(2, 1, [1, 1], 10, FocalLengthSource.Given), 0, 0, 2, 0)).Message);

    [Theory]
    [InlineData(1.2346, 0.0213, "1.235 m ± 0.02 m")]
    [InlineData(25, 12, "25 m ± 10 m")]
    [InlineData(12_345.6, 0.96, "12350 m ± 1 m")]
    [InlineData(0.000123456, 0, "0.0001235 m ± 0 m")]
    [InlineData(0, 0, "0 m ± 0 m")]
    [InlineData(1, double.NaN, "1 m ± NaN m")]
    [InlineData(double.PositiveInfinity, 1e40, "Infinity m ± 1E+40 m")]
    public void Says_metres_and_uncertainty(double meters, double uncertainty, string text) => Assert.Equal(text, new DepthMeasurement(meters, uncertainty).ToString());
}
