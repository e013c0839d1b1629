namespace DepthPro.Tests;

/// <summary>A long fuzz run: as many inputs for each reader as the environment variable says, of the seed that another one says.</summary>
internal sealed class FuzzFactAttribute : FactAttribute
{
    public const string InputsVariable = "DEPTHPRO_FUZZ_INPUTS", SeedVariable = "DEPTHPRO_FUZZ_SEED";

    public FuzzFactAttribute()
    {
        if (Inputs == 0) { Skip = $"Takes minutes; set {InputsVariable} to the number of inputs for each reader, such as 20000, to run it, and {SeedVariable} for others than the usual ones."; }
    }

    public static int Inputs => Read(InputsVariable, 0);

    public static int Seed => Read(SeedVariable, 1);

    private static int Read(string variable, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var value) ? value : otherwise;
}
