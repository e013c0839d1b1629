namespace DepthPro.Transforms.Tests.Features;

public sealed class GroundPlaneTests
{
    [Theory]
    [InlineData(12, 0, 1.6)]
    [InlineData(5, 3, 1.1)]
    [InlineData(40, -8, 0.4)]
    public void Is_the_ground_that_the_camera_sees(double pitchDown, double roll, double height)
    {
        var ground = GroundMaps.Of(200, 150, 180, height, pitchDown, roll, farthest: 1000);

        AssertPlane(DepthFeatures.Of(ground), GroundMaps.Normal(pitchDown, roll), height, tolerance: 1e-3);

        Assert.True(DepthFeatures.Of(ground)[^1] > 0.99f, $"Share is {DepthFeatures.Of(ground)[^1]}.");
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.45)]
    public void Is_found_among_things_that_stand_on_it(double shareOfThings)
    {
        var random = new Random(7);
        var ground = GroundMaps.Change(GroundMaps.Of(200, 150, 180, height: 1.6, pitchDownDegrees: 14, farthest: 1000),
            (_, meters) => random.NextDouble() < shareOfThings ? meters * (0.2f + 0.6f * random.NextSingle()) : meters);

        var features = DepthFeatures.Of(ground);

        AssertPlane(features, GroundMaps.Normal(14, 0), 1.6, tolerance: 0.01);
        Assert.Equal(1 - shareOfThings, features[^1], 0.05);
    }

    [Fact]
    public void Is_the_wall_when_the_camera_faces_one() =>
        AssertPlane(DepthFeatures.Of(GroundMaps.Change(GroundMaps.Of(64, 48, 60, 1.6, 12), (_, _) => 3)), (0, 0, 1), 3, tolerance: 1e-6);

    [Fact]
    public void Is_the_same_each_time()
    {
        var map = GroundMaps.Of(200, 150, 180, height: 1.6, pitchDownDegrees: 14);
        Assert.Equal(DepthFeatures.Of(map), DepthFeatures.Of(map));
    }

    [Fact]
    public void Is_zeros_at_the_median_without_a_focal_length()
    {
        var map = new DepthMap(3, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9], float.NaN, FocalLengthSource.Unknown);
        Assert.Equal([0, 0, 0], DepthFeatures.Of(map)[^5..^2]);
        Assert.Equal(Math.Log(5), DepthFeatures.Of(map)[^2], 1e-6);
        Assert.Equal([0, 0, 0, 0, 0], DepthFeatures.Of(map, new() { ScaleFree = true })[^5..]);
    }

    private static void AssertPlane(float[] features, (double X, double Y, double Z) normal, double distance, double tolerance)
    {
        Assert.Equal(normal.X, features[^5], tolerance);
        Assert.Equal(normal.Y, features[^4], tolerance);
        Assert.Equal(normal.Z, features[^3], tolerance);
        Assert.Equal(Math.Log(distance), features[^2], tolerance);
    }
}
