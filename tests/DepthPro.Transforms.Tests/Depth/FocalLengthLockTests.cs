using DepthPro.Depth;

namespace DepthPro.Transforms.Tests.Depth;

public sealed class FocalLengthLockTests
{
    [Theory]
    [InlineData(new float[] { 100, 130, 90 }, 100)]
    [InlineData(new float[] { 100, 130, 90, 110 }, 105)]
    [InlineData(new float[] { float.NaN, 120, float.NaN }, 120)]
    public void Is_the_median_of_what_is_known(float[] focalLengths, double expected) =>
        Assert.Equal(expected, FocalLengthLock.Of(focalLengths.Select(pixels => Map(200, pixels))).FocalLengthPixels(200), 1e-4);

    [Fact]
    public void Locks_the_field_of_view_of_photos_of_any_width()
    {
        var locked = FocalLengthLock.Of([Map(200, 100), Map(400, 210), Map(100, 60)]);
        Assert.Equal(210 / 400.0, locked.RelativeFocalLength, 1e-9);
        Assert.Equal((52.5f, 210f), (locked.FocalLengthPixels(100), locked.FocalLengthPixels(400)));
        Assert.Equal(FocalLength.ToFieldOfView(210, 400), locked.FieldOfViewDegrees, 1e-4f);
        Assert.Equal(locked.FieldOfViewDegrees, locked.Apply(Map(200, 100)).FieldOfViewDegrees, 1e-4f);
    }

    [Fact]
    public void Gives_the_depth_that_the_network_would_have_given_with_it()
    {
        float[] inverse = [.. Enumerable.Range(0, 64).Select(i => i < 24 ? 0 : 0.05f + 0.01f * i)]; // sky above
        var estimated = MetricDepth.FromInverseDepth(inverse, 8, 12, 9, focalLengthPixels: 14, FocalLengthSource.Estimated);
        var locked = new FocalLengthLock(1.5);

        var got = locked.Apply(estimated);

        var expected = MetricDepth.FromInverseDepth(inverse, 8, 12, 9, focalLengthPixels: 18, FocalLengthSource.Given);
        Assert.Equal((18f, FocalLengthSource.Locked), (got.FocalLengthPixels, got.FocalLengthSource));
        Assert.Equal(1e4f, got[0, 0]);
        Assert.All(got.Meters.ToArray().Zip(expected.Meters.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-5f * pair.Second));
    }

    [Fact]
    public void Leaves_depth_without_a_focal_length_as_it_is()
    {
        var got = new FocalLengthLock(0.5).Apply(Map(200, float.NaN));
        Assert.Equal((2f, 100f, FocalLengthSource.Locked), (got[0, 0], got.FocalLengthPixels, got.FocalLengthSource));
    }

    [Theory]
    [InlineData(100f)]
    [InlineData(float.NaN)]
    public void Leaves_what_is_unknown_unknown(float focalLength)
    {
        float[] unknown = [0, -1, float.PositiveInfinity, float.NaN];
        var map = new DepthMap(4, 1, unknown, focalLength, float.IsNaN(focalLength) ? FocalLengthSource.Unknown : FocalLengthSource.Estimated);
        Assert.Equal(unknown, new FocalLengthLock(10).Apply(map).Meters.ToArray());
    }

    [Fact]
    public void Says_the_field_of_view_and_its_source() => Assert.Equal("field of view 90 degrees, focal length 0.5 of the width (locked)", new FocalLengthLock(0.5).ToString());

    [Fact]
    public void Needs_a_focal_length() =>
        Assert.Contains("No depth map of the clip has a focal length", Assert.Throws<ArgumentException>(() => FocalLengthLock.Of([Map(20, float.NaN)])).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Refuses_what_is_no_focal_length(double relative) =>
        Assert.Contains("expected a finite number above 0", Assert.Throws<ArgumentOutOfRangeException>(() => new FocalLengthLock(relative)).Message);

    private static DepthMap Map(int width, float focalLength) =>
        new(width, 1, Enumerable.Repeat(2f, width).ToArray(), focalLength, float.IsNaN(focalLength) ? FocalLengthSource.Unknown : FocalLengthSource.Estimated);
}
