using DepthPro.Transforms.Tests.Features;

namespace DepthPro.Transforms.Tests.Depth;

public sealed class ScaleCalibrationTests
{
    private static readonly DepthMap Ground = GroundMaps.Of(60, 40, 55, height: 1.6, pitchDownDegrees: 20);

    [Fact]
    public void Makes_a_known_distance_true()
    {
        var calibration = ScaleCalibration.FromDistance(Ground, 10, 30, 45, 35, knownMeters: 2.5);
        var calibrated = calibration.Apply(Ground);
        Assert.Equal(2.5, DepthMeasurement.Between(calibrated, 10, 30, 45, 35).Meters, 1e-5);
        Assert.Equal(2.5 / DepthMeasurement.Between(Ground, 10, 30, 45, 35).Meters, calibration.Factor, 1e-12);
        Assert.Equal((Ground.FocalLengthPixels, Ground.FocalLengthSource), (calibrated.FocalLengthPixels, calibrated.FocalLengthSource));
    }

    [Fact]
    public void Makes_a_known_depth_true_without_a_focal_length()
    {
        var map = new DepthMap(3, 1, [1, float.NaN, 4], float.NaN, FocalLengthSource.Unknown);
        var calibration = ScaleCalibration.FromDepth(map, 2, 0, knownMeters: 5);
        Assert.Equal(1.25, calibration.Factor);
        Assert.Equal([1.25f, float.NaN, 5], calibration.Apply(map).Meters.ToArray());
        Assert.Equal([1, float.NaN, 4], map.Meters.ToArray());
    }

    [Fact]
    public void Of_what_is_already_true_changes_no_bit() => Assert.Equal(Ground.Meters.ToArray(), new ScaleCalibration(3, 3).Apply(Ground).Meters.ToArray());

    [Fact]
    public void Says_by_how_much() => Assert.Equal("depth times 1.25 (measured 2 m, known 2.5 m)", new ScaleCalibration(2, 2.5).ToString());

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Refuses_what_is_no_length(double meters)
    {
        Assert.Contains("The known length is", Assert.Throws<ArgumentOutOfRangeException>(() => ScaleCalibration.FromDepth(Ground, 1, 1, meters)).Message);
        Assert.Contains("finite length above 0", Assert.Throws<ArgumentOutOfRangeException>(() => new ScaleCalibration(meters, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScaleCalibration(1, 1) with { KnownMeters = meters });
    }

    [Fact]
    public void Refuses_one_pixel_for_a_distance() =>
        Assert.Contains("(10, 30) and (10, 30)", Assert.Throws<ArgumentException>(() => ScaleCalibration.FromDistance(Ground, 10, 30, 10, 30, 1)).Message);
}
