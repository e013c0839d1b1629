using DepthPro.Reports;

namespace DepthPro.Transforms.Tests.Reports;

public sealed class LineChartSvgTests
{
    [Theory]
    [InlineData(0, 1, new[] { 0, 0.5, 1 })]
    [InlineData(0, 6000, new[] { 0.0, 2000, 4000, 6000 })]
    [InlineData(0, 0.37, new[] { 0, 0.1, 0.2, 0.3, 0.4 })]
    [InlineData(-3, 3, new[] { -4.0, -2, 0, 2, 4 })]
    [InlineData(0, 0, new[] { 0, 0.5, 1 })]
    public void Linear_marks_are_round_and_enclose_the_values(double low, double high, double[] marks)
    {
        var scale = ChartScale.Linear(low, high);

        Assert.Equal(marks, scale.Marks.Select(mark => Math.Round(mark, 9)));
        Assert.Equal((0, 1), (scale.At(scale.Marks[0]), scale.At(scale.Marks[^1])));
    }

    [Theory]
    [InlineData(0.3, 4, new[] { 0.2, 0.5, 1, 2, 5 })]
    [InlineData(0.002, 30, new[] { 0.001, 0.01, 0.1, 1, 10, 100 })]
    [InlineData(1, 1, new[] { 1.0, 2 })]
    public void Logarithmic_marks_are_round_and_enclose_the_values(double low, double high, double[] marks)
    {
        var scale = ChartScale.Logarithmic(low, high);

        Assert.Equal(marks, scale.Marks.Select(mark => Math.Round(mark, 9)));
        Assert.Equal((0, 1), (scale.At(scale.Marks[0]), Math.Round(scale.At(scale.Marks[^1]), 12)));
    }

    [Fact]
    public void Point_lies_where_the_axes_have_it()
    {
        var chart = LineChartSvg.Draw([new("a & b", [(0, 0), (4, 10), (10, double.NaN)])], 456, 240, "steps");

        Assert.Contains("points=\"46,208 446,8\"", chart); // left and bottom; right and top
        Assert.Contains("<title>a &amp; b 10 at 4</title>", chart);
        Assert.Contains("<span class=\"line0\">a &amp; b</span>", chart);
    }

    [Fact]
    public void Quiet_line_has_the_colour_of_the_next_and_no_key()
    {
        var chart = LineChartSvg.Draw([new("pale", [(1, 1), (2, 2)], Quiet: true), new("bold", [(1, 1), (2, 2)]), new("other", [(1, 2), (2, 1)])], 400, 200, "step", logarithmic: true);

        Assert.Contains("<g class=\"line0\"><polyline class=\"quiet\"", chart);
        Assert.Contains("<span class=\"line0\">bold</span><span class=\"line1\">other</span>", chart);
        Assert.DoesNotContain("pale", chart);
    }

    [Fact]
    public void Nothing_to_draw_is_said() => Assert.Equal("<p>Nothing yet.</p>", LineChartSvg.Draw([new("none", [(1, double.NaN), (2, 0)])], 400, 200, "step", logarithmic: true));
}
