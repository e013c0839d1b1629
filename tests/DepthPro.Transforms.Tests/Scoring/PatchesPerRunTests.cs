using DepthPro.Scoring;

namespace DepthPro.Transforms.Tests.Scoring;

/// <summary>How many patches are encoded at a time, by their size.</summary>
public sealed class PatchesPerRunTests
{
    [Fact]
    public void Patches_of_the_published_network_are_encoded_one_at_a_time_on_the_CPU()
        => Assert.Equal(1, PartsRunner.PatchesPerCpuRun(new()));

    [Fact]
    public void Patches_of_the_demo_model_are_encoded_all_at_once()
        => Assert.Equal(35, PartsRunner.PatchesPerCpuRun(DepthProModel.Demo.Config ?? new()));

    [Fact]
    public void Patches_too_large_for_one_run_are_encoded_one_at_a_time_all_the_same()
        => Assert.Equal(1, PartsRunner.PatchesPerCpuRun(new() { Vit = new() { Width = 1 << 14 } }));
}
