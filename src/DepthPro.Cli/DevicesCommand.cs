using System.CommandLine;

namespace DepthPro.Cli;

/// <summary>Which devices can be used here, and why not the others; or the check of one against the CPU.</summary>
internal static class DevicesCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var device = new Option<ExecutionDevice?>("--device") { Description = "The device to check: runs the network on it and on the CPU and compares." };
        var index = new Option<int>("--index") { Description = "Which of several devices of that kind." };
        var model = new Option<string?>("--model") { Description = "Model folder or .onnx file for the check; the embedded demo model if not given." };
        var settings = new ProviderSettings("--option", "--provider-option");
        index.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0) { result.AddError($"--index is {result.GetValueOrDefault<int>()}; expected 0 or more."); }
        });
        var command = new Command("devices", "Says which devices can be used and what the others lack; with --device, checks one against the CPU.") { device, index, model, settings.Option };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(device) is not { } chosen) { return List(output); }
            var options = new DeviceOptions { Device = chosen, Index = parsed.GetValue(index), ProviderOptions = settings.Read(parsed) };
            return Check(DeviceCheck.Run(options, parsed.GetValue(model) is { } path ? DepthProModel.Open(path) : null), output, error);
        });
        return command;
    }

    /// <summary>Prints a check.</summary>
    public static int Check(DeviceCheck check, TextWriter output, TextWriter error)
    {
        output.WriteLine($"device: {check.Device}");
        output.WriteLine($"nodes: {(check.NodesByProvider.Count > 0 ? string.Join(", ", check.NodesByProvider.OrderByDescending(p => p.Value).Select(p => $"{p.Value} on {p.Key}")) : "all on CPUExecutionProvider")}");
        output.WriteLine($"largest difference from the CPU: {check.LargestDifference:g2} of the largest inverse depth, {check.FieldOfViewDifference:g2} degrees of field of view");
        output.WriteLine(check.Agrees ? "agrees with the CPU" : "does not agree with the CPU");
        if (check.Agrees) { return ExitCode.Done; }
        error.WriteLine($"{check.Device} gives other results than the CPU: expected differences up to {DeviceCheck.Tolerance:g2}. Where TF32 or half precision was asked for by --option, leave it out; else update the device's driver.");
        return ExitCode.ModelUnusable;
    }

    private static int List(TextWriter output)
    {
        foreach (var device in Enum.GetValues<ExecutionDevice>().Where(d => d != ExecutionDevice.Auto))
        {
            output.WriteLine($"{$"{device}".ToLowerInvariant(),-9} {DeviceCheck.WhyNot(device) ?? "can be used"}");
        }
        return ExitCode.Done;
    }
}
