using System.Runtime.InteropServices;

namespace DepthPro.Transforms.Tests.Scoring.Devices;

/// <summary>A fact about shared libraries of Linux on x64.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxX64FactAttribute : FactAttribute
{
    public LinuxX64FactAttribute()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64) { Skip = "needs Linux on x64: it writes and loads a shared library."; }
    }
}
