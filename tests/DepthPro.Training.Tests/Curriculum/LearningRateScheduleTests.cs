namespace DepthPro.Training.Tests.Curriculum;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.005, 0.5)]
    [InlineData(0.01, 1)]
    [InlineData(0.5, 1)]
    [InlineData(0.8, 1)]
    [InlineData(0.82, 0.1)]
    [InlineData(1, 0.1)]
    public void Is_the_papers_by_default(double progress, double factor) => Assert.Equal(factor, new LearningRateSchedule().At(progress), 1e-9);

    [Theory]
    [InlineData(0.1, 0.5)]
    [InlineData(0.2, 1)]
    [InlineData(0.4, 1)]
    [InlineData(0.7, 0.55)]
    [InlineData(1, 0.1)]
    public void Falls_along_half_a_cosine_when_gradual(double progress, double factor)
        => Assert.Equal(factor, new LearningRateSchedule { WarmUp = 0.2, Constant = 0.2, Final = 0.1, Gradual = true }.At(progress), 1e-9);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_an_end_it_stays(bool gradual) => Assert.Equal(1, new LearningRateSchedule { WarmUp = 0, Constant = 1, Gradual = gradual }.At(1));
}
