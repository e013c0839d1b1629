namespace DepthPro.Tests;

/// <summary>A test that takes long: run only where the environment variable DEPTHPRO_SLOW_TESTS is 1.</summary>
internal sealed class SlowFactAttribute : FactAttribute
{
    private const string Variable = "DEPTHPRO_SLOW_TESTS";

    public SlowFactAttribute()
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1") { Skip = $"Takes long; set {Variable}=1 to run it."; }
    }
}
