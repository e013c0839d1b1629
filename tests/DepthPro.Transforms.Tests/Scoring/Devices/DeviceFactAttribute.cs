namespace DepthPro.Transforms.Tests.Scoring.Devices;

/// <summary>A test that runs networks on a device, when the environment variable DEPTHPRO_TEST_DEVICES names it: "cuda", "webgpu,cuda".</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DeviceFactAttribute : FactAttribute
{
    private const string Variable = "DEPTHPRO_TEST_DEVICES";

    public DeviceFactAttribute(ExecutionDevice device)
    {
        Device = device;
        var asked = Environment.GetEnvironmentVariable(Variable)?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (!asked.Contains($"{device}", StringComparer.OrdinalIgnoreCase)) { Skip = $"needs the device {device}; set {Variable}={$"{device}".ToLowerInvariant()} where there is one (docs/devices.md)."; }
    }

    public ExecutionDevice Device { get; }
}
