namespace DepthPro.Transforms.Tests.Formats;

/// <summary>A test that has other programs read our files: it runs where the environment variable is set.</summary>
internal sealed class OtherProgramsFactAttribute : FactAttribute
{
    private const string Variable = "DEPTHPRO_OTHER_PROGRAMS";

    public OtherProgramsFactAttribute()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 })
        {
            Skip = $"Needs npm with a registry, and a python3 with NumPy and Pillow; set {Variable}=1 where they are, or to the path of that python3.";
        }
    }

    /// <summary>The Python to run.</summary>
    public static string Python => Environment.GetEnvironmentVariable(Variable) is { Length: > 1 } path ? path : "python3";
}
