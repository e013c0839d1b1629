namespace DepthPro.Transforms.Tests.Metrics;

public sealed class EvaluationPresetTests
{
    [Theory]
    [InlineData("booster", 0.001f, 10)]
    [InlineData("eth3d", 0.1f, 200)]
    [InlineData("ibims", 0.1f, 10)]
    [InlineData("middlebury", 0.001f, 10)]
    [InlineData("nuscenes", 0.001f, 80)]
    [InlineData("sintel", 0.01f, 80)]
    [InlineData("SunRGBD", 0.001f, 10)]
    public void Has_the_range_of_the_paper(string name, float min, float max) =>
        Assert.Equal(new DepthMetricsOptions { MinDepth = min, MaxDepth = max, Alignment = DepthAlignment.None }, EvaluationPreset.Named(name).Options);

    [Fact]
    public void Lists_the_names_when_there_is_no_such_preset() =>
        Assert.Contains("no evaluation preset 'kitti'; expected one of booster, eth3d, ibims, middlebury, nuscenes, sintel, sunrgbd",
            Assert.Throws<ArgumentException>(() => EvaluationPreset.Named("kitti")).Message);
}
