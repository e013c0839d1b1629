namespace DepthPro.Transforms.Tests.Scoring.Devices;

/// <summary>A fact of machines on which a device cannot be used: what is said of it there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithoutAttribute : FactAttribute
{
    public FactWithoutAttribute(ExecutionDevice device)
    {
        Device = device;
        if (DeviceCheck.WhyNot(device) is null) { Skip = $"{device} can be used on this machine, so nothing is said of why not."; }
    }

    public ExecutionDevice Device { get; }
}
