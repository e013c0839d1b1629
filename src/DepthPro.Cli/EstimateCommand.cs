using System.CommandLine;

namespace DepthPro.Cli;

/// <summary>Photos to depth files, pictures, point clouds, meshes and sidecars.</summary>
internal static class EstimateCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var arguments = new EstimateArguments();
        var command = new Command("estimate", "Estimates metric depth.");
        arguments.AddTo(command);
        command.SetAction(parsed => Estimate(arguments.Read(parsed), output, error));
        return command;
    }

    private static int Estimate(EstimateSettings settings, TextWriter output, TextWriter error)
    {
        var inputs = PhotoInputs.Find(settings.Photos, settings.Recursive);
        var model = settings.Model is { } path ? DepthProModel.Open(path) : DepthProModel.Demo;
        var plan = EstimatePlan.Of(settings, inputs.Photos, model);
        Describe(settings, inputs, plan, error);
        var code = plan.Photos.Count == 0 ? ExitCode.Done : Do(settings, plan, model, output, error);
        // A folder that cannot be read is an input that failed.
        return code == ExitCode.Done && inputs.Unreadable.Count > 0 ? ExitCode.SomeInputsFailed : code;
    }

    private static int Do(EstimateSettings settings, EstimatePlan plan, DepthProModel model, TextWriter output, TextWriter error)
    {
        using var network = DepthNetwork.Open(model, settings.Scoring);
        if (settings.Verbose) { error.WriteLine($"{plan.Photos.Count} photos; model {network.Model}, device {network.Device}."); }
        OutputFolder.Create("--output", settings.Folder);
        return new EstimateRun(settings, network, output, error).Do(plan.Photos);
    }

    private static void Describe(EstimateSettings settings, PhotoInputs inputs, EstimatePlan plan, TextWriter error)
    {
        if (settings.Verbose && inputs.DescribeSkipped() is { Length: > 0 } skipped) { error.WriteLine(skipped); }
        foreach (var folder in inputs.Unreadable) { error.WriteLine($"Folder '{folder.Path}' cannot be read: {folder.Reason} Its photos are left out; make it readable, and the same command with --resume does them."); }
        var mine = plan.Photos.Count + plan.Finished;
        if (settings.Shard is { } shard && (settings.Verbose || mine == 0)) { error.WriteLine($"Shard {shard} has {mine} of the {inputs.Photos.Count} photos."); }
        if (settings.Resume) { error.WriteLine($"{plan.Finished} of {mine} photos are done already and skipped."); }
    }
}
