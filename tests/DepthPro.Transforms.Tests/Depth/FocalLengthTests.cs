using System.Text.Json;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Depth;

public sealed class FocalLengthTests
{
    [Theory]
    [InlineData("a_200x150")]
    [InlineData("b_333x217")]
    [InlineData("c_512x512")]
    [InlineData("d_90x160")]
    public void From_field_of_view_equals_the_reference_bit_for_bit(string image)
    {
        var summary = Goldens.Json("micro", "summary.json").GetProperty(image);
        var got = FocalLength.FromFieldOfView(summary.GetProperty("fov_deg").GetSingle(), summary.GetProperty("width").GetInt32());
        Assert.Equal(summary.GetProperty("focallength_px").GetSingle(), got);
    }

    [Fact]
    public void From_35mm_equals_the_reference_to_float_rounding()
    {
        foreach (var row in Goldens.Json("images", "expected.json").GetProperty("fpx_from_f35").EnumerateArray())
        {
            // One row stands for the reference's default argument, 50 mm.
            var millimeters = row.GetProperty("f_mm") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : 50;
            var got = FocalLength.From35mm(millimeters, row.GetProperty("width").GetInt32(), row.GetProperty("height").GetInt32());
            Assert.Equal((float)row.GetProperty("f_px").GetDouble(), got);
        }
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(54.5f)]
    [InlineData(120f)]
    [InlineData(179f)]
    public void To_field_of_view_undoes_from_field_of_view(float degrees) =>
        Assert.Equal(degrees, FocalLength.ToFieldOfView(FocalLength.FromFieldOfView(degrees, 4032), 4032), degrees * 1e-6f);

    [Fact]
    public void Nan_stays_nan()
    {
        Assert.True(float.IsNaN(FocalLength.FromFieldOfView(float.NaN, 100)));
        Assert.True(float.IsNaN(FocalLength.ToFieldOfView(float.NaN, 100)));
        Assert.True(float.IsNaN(FocalLength.From35mm(double.NaN, 100, 100)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Refuses_sizes_that_are_not_positive(int size)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FocalLength.FromFieldOfView(50, size));
        Assert.Throws<ArgumentOutOfRangeException>(() => FocalLength.ToFieldOfView(50, size));
        Assert.Throws<ArgumentOutOfRangeException>(() => FocalLength.From35mm(50, 10, size));
    }
}
