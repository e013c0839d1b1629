namespace DepthPro.Transforms.Tests.Depth;

public sealed class DepthMapTests
{
    [Fact]
    public void Copies_its_metres()
    {
        float[] meters = [1, 2, 3, 4, 5, 6];
        var depth = new DepthMap(3, 2, meters, 100, FocalLengthSource.Given);
        meters[0] = 99;
        Assert.Equal([1, 2, 3, 4, 5, 6], depth.Meters.ToArray());
        Assert.Equal((1f, 3f, 4f, 6f), (depth[0, 0], depth[2, 0], depth[0, 1], depth[2, 1]));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 2)]
    public void Refuses_pixels_outside(int x, int y)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new DepthMap(3, 2, new float[6], 100, FocalLengthSource.Given)[x, y]);
        Assert.Contains($"Pixel ({x}, {y}) lies outside the depth map; expected x in 0..2 and y in 0..1", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(100001)]
    public void Statistics_equal_those_of_a_sort(int count)
    {
        var random = new Random(count);
        float[] values = [.. Enumerable.Range(0, count).Select(_ => MathF.Exp(random.NextSingle() * 20 - 10) * (random.Next(4) == 0 ? -1 : 1))];
        float[] sorted = [.. values.Order()];
        var depth = new DepthMap(count, 1, values, 100, FocalLengthSource.Given);
        Assert.Equal((sorted[0], sorted[^1]), (depth.Min, depth.Max));
        Assert.Equal((float)(((double)sorted[(count - 1) / 2] + sorted[count / 2]) / 2), depth.Median);
    }

    [Fact]
    public void Statistics_leave_out_what_is_not_finite()
    {
        var depth = new DepthMap(5, 1, [float.NaN, 3, float.PositiveInfinity, 1, float.NegativeInfinity], 100, FocalLengthSource.Given);
        Assert.Equal((1f, 3f, 2f), (depth.Min, depth.Max, depth.Median));
        var none = new DepthMap(1, 1, [float.NaN], 100, FocalLengthSource.Given);
        Assert.True(float.IsNaN(none.Min) && float.IsNaN(none.Max) && float.IsNaN(none.Median));
    }

    [Fact]
    public void Field_of_view_follows_from_focal_length_and_width()
    {
        Assert.Equal(90f, new DepthMap(2, 1, [1, 1], 1, FocalLengthSource.Given).FieldOfViewDegrees, 1e-4f);
        Assert.True(float.IsNaN(new DepthMap(2, 1, [1, 1], float.NaN, FocalLengthSource.Unknown).FieldOfViewDegrees));
    }

    [Theory]
    [InlineData(0f, FocalLengthSource.Given)]
    [InlineData(-3f, FocalLengthSource.Estimated)]
    [InlineData(float.PositiveInfinity, FocalLengthSource.Unknown)]
    [InlineData(float.NaN, FocalLengthSource.Given)]
    public void Refuses_a_focal_length_that_does_not_fit_its_source(float focalLength, FocalLengthSource source)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new DepthMap(1, 1, [1], focalLength, source));
        Assert.Contains($"Focal length is {focalLength} pixels (source: {source})", error.Message);
    }

    [Fact]
    public void Refuses_metres_that_do_not_fit_the_size() =>
        Assert.Contains("Depth map of 3 x 2 pixels got 5 values; expected 6", Assert.Throws<ArgumentException>(() => new DepthMap(3, 2, new float[5], 1, FocalLengthSource.Given)).Message);

    [Fact]
    public void Says_what_it_is_in_one_line() =>
        Assert.Equal("3 x 1, 1 to 3 m, median 2 m, focal length 100 px (exif35mm)", new DepthMap(3, 1, [1, 2, 3], 100, FocalLengthSource.Exif35mm).ToString());
}
