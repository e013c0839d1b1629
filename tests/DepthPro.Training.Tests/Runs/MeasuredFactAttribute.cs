using System.Globalization;

namespace DepthPro.Training.Tests.Runs;

/// <summary>A test of the process's own memory: run only where DEPTHPRO_MEASURE_MEMORY is 1, alone in its process, on Linux, which tells the peak since a moment.</summary>
internal sealed class MeasuredFactAttribute : FactAttribute
{
    private const string Variable = "DEPTHPRO_MEASURE_MEMORY", Status = "/proc/self/status", ClearReferences = "/proc/self/clear_refs";

    public MeasuredFactAttribute()
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1" || !File.Exists(ClearReferences)) { Skip = $"Measures the process's memory, and must run alone; set {Variable}=1 on Linux."; }
    }

    /// <summary>Sets the peak to what is in use.</summary>
    /// <returns>That, bytes.</returns>
    public static long ResetPeak()
    {
        File.WriteAllText(ClearReferences, "5"); // proc(5)
        return Peak();
    }

    /// <summary>Most bytes in memory since the last reset.</summary>
    public static long Peak() => 1024 * long.Parse(File.ReadLines(Status).First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
