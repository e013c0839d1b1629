namespace DepthPro.Transforms.Tests.Imaging;

/// <summary>A test that takes gigabytes of memory: it runs where the environment variable is set.</summary>
internal sealed class LargeFactAttribute : FactAttribute
{
    public const string Variable = "DEPTHPRO_LARGE_PHOTOS";

    public LargeFactAttribute()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 }) { Skip = $"Takes 3 GB of memory; set {Variable}=1 to run it."; }
    }
}
