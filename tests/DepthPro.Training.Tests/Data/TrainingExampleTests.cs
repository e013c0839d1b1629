using DepthPro.Training.Data;

namespace DepthPro.Training.Tests.Data;

public sealed class TrainingExampleTests
{
    private const int Width = 40, Height = 30;

    private static readonly Photo Grey = Photo.FromPixels(Width, Height, [.. Enumerable.Repeat((byte)128, 3 * Width * Height)]);

    [Fact]
    public void Holds_canonical_inverse_depth_of_the_nearest_pixels()
    {
        var meters = Enumerable.Range(1, Width * Height).Select(i => (float)i).ToArray();
        var example = Of(Depth(meters), focalLength: 50);

        var side = Networks.Tiny.OutputSize;
        Assert.Equal(side * side, example.InverseDepth.Length);
        Assert.Equal(3 * Networks.Tiny.InputSize * Networks.Tiny.InputSize, example.Rgb.Length);
        for (var i = 0; i < example.InverseDepth.Length; i += 101)
        {
            var (x, y) = ((int)((i % side + 0.5) * Width / side), (int)((i / side + 0.5) * Height / side));
            Assert.Equal(50.0 / (Width * (double)meters[y * Width + x]), example.InverseDepth[i], 1e-6); // f / (w D)
        }
        Assert.Equal(FocalLength.ToFieldOfView(50, Width), example.FieldOfViewDegrees);
        Assert.All(example.Rgb, level => Assert.Equal(128, level));
    }

    [Theory]
    [InlineData(50, 60, 50)]
    [InlineData(float.NaN, 60, 60)]
    [InlineData(0, 60, 60)]
    [InlineData(-3, 60, 60)]
    public void Takes_the_given_focal_length_before_the_depth_maps(float given, float ofMap, float expected)
    {
        var depth = new DepthMap(Width, Height, Ones(), ofMap, FocalLengthSource.Given);

        Assert.Equal(FocalLength.ToFieldOfView(expected, Width), TrainingExample.Of(Grey, depth, given, isMetric: true, Networks.Tiny).FieldOfViewDegrees);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e-42f)]
    public void Depth_that_nothing_has_is_unknown(float meters)
    {
        var values = Ones();
        Array.Fill(values, meters, 0, Width * Height / 2);
        var example = Of(Depth(values), focalLength: 50);

        Assert.Equal(0.5, example.InverseDepth.Count(float.IsNaN) / (double)example.InverseDepth.Length, 0.01);
        Assert.DoesNotContain(example.InverseDepth, float.IsInfinity);
    }

    [Fact]
    public void Without_a_scale_needs_no_focal_length()
    {
        var example = TrainingExample.Of(Grey, Depth(Ones()), float.NaN, isMetric: false, Networks.Tiny);

        Assert.True(float.IsNaN(example.FieldOfViewDegrees));
        Assert.All(example.InverseDepth, c => Assert.Equal(1, c));
    }

    [Fact]
    public void Refuses_metres_without_focal_length()
        => Assert.Contains("not metric", Assert.Throws<InvalidDataException>(() => Of(Depth(Ones()), focalLength: float.NaN)).Message);

    [Fact]
    public void Refuses_depth_of_another_size()
    {
        var message = Assert.Throws<InvalidDataException>(() => TrainingExample.Of(Grey, new(Height, Width, Ones(), float.NaN, FocalLengthSource.Unknown), 50, isMetric: true, Networks.Tiny)).Message;

        Assert.Contains("The photo has 40 x 30 pixels, its depth 30 x 40", message);
        Assert.Contains("Resize", message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(float.NaN)]
    public void Refuses_depth_of_which_nothing_is_known(float meters)
        => Assert.Contains("None of the 40 x 30 depths is known", Assert.Throws<InvalidDataException>(() => Of(Depth([.. Enumerable.Repeat(meters, Width * Height)]), focalLength: 50)).Message);

    private static float[] Ones() => [.. Enumerable.Repeat(1f, Width * Height)];

    private static DepthMap Depth(float[] meters) => new(Width, Height, meters, float.NaN, FocalLengthSource.Unknown);

    private static TrainingExample Of(DepthMap depth, float focalLength) => TrainingExample.Of(Grey, depth, focalLength, isMetric: true, Networks.Tiny);
}
