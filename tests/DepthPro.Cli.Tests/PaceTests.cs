namespace DepthPro.Cli.Tests;

public sealed class PaceTests
{
    [Theory]
    [InlineData(0, 12, 3, "1/12")]
    [InlineData(12, 480, 3.75, "13/480  3.2 photos/s  0:02:27 left")]
    [InlineData(1, 3, 4000, "2/3  4000.0 s/photo  2:13:20 left")]
    [InlineData(1, 1000, 400, "2/1000  400.0 s/photo  111:00:00 left")]
    [InlineData(2, 3, 0, "3/3")]
    public void Says_position_rate_and_time_left(int done, int total, double seconds, string expected) => Assert.Equal(expected, Pace.Describe(done, total, TimeSpan.FromSeconds(seconds)));
}
