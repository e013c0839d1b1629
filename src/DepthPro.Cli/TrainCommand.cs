using System.CommandLine;
using DepthPro.Training;

namespace DepthPro.Cli;

/// <summary>Trains a network, or goes on with a training.</summary>
internal static class TrainCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var arguments = new TrainArguments();
        var folder = new Option<string?>("--output") { Description = "Folder for the training: state, checkpoints, curves. One that stands there is taken up, with its options." };
        var estimate = new Option<bool>("--estimate") { Description = "Print how much memory a step needs, and train nothing." };
        var command = new Command("train", "Trains a network on synthetic scenes or on folders of photos with depth, from nothing or from a checkpoint.") { folder, estimate };
        foreach (var option in arguments.All) { command.Add(option); }
        command.SetAction(parsed =>
        {
            var given = arguments.Read(parsed);
            if (parsed.GetValue(estimate))
            {
                var settings = TrainPlan.Complete(given);
                TrainMemoryTable.Write(Checked(() => TrainPlan.Of(settings, error.WriteLine)), settings.Preset is { } preset ? $"preset {preset}" : $"fine-tuning {settings.FineTune}", output);
                return ExitCode.Done;
            }
            return Train(given, parsed.GetValue(folder) ?? throw new UsageException("--output is not given; expected a folder for the training's state, checkpoints and curves."), output, error);
        });
        return command;
    }

    private static int Train(TrainSettings given, string folder, TextWriter output, TextWriter error)
    {
        var settings = HasState(folder) && TrainSettings.Read(folder) is { } known ? known.With(given, folder) : TrainPlan.Complete(given);
        var plan = Checked(() => TrainPlan.Of(settings, error.WriteLine));
        var initial = settings.Initial is null ? null : TrainNetwork.Start(settings.Initial);
        OutputFolder.Create("--output", folder);
        if (!HasState(folder)) { Keep(settings, folder); }
        var training = Checked(() => new DepthTraining(plan.Options, plan.Sets, plan.Validation, plan.ValidationPhotos, initial, folder));
        output.WriteLine(training.IsTakenUp ? $"taken up at {training.Position}" : $"training in '{folder}': {string.Join(", ", plan.Options.Stages.Select(stage => stage.Name))}");

        using var progress = new ProgressLine(1);
        using var cancellation = new CancellationTokenSource();
        using var interruption = new Interruption(() =>
        {
            error.WriteLine("Stopping after this step; Ctrl-C again stops at once.");
            cancellation.Cancel();
        });
        try
        {
            training.Run(new TrainReporter(output, progress), cancellation.Token);
        }
        catch (OperationCanceledException) when (interruption.IsRequested)
        {
            progress.Clear();
            error.WriteLine($"Interrupted at {training.Position}; its state is kept. To go on: depthpro train --output {Quoted(folder)}");
            return ExitCode.Interrupted;
        }
        progress.Clear();
        var checkpoint = Path.Combine(folder, DepthTraining.CheckpointName);
        if (training.Validation is { } validation) { output.WriteLine($"on {plan.ValidationPhotos} validation photos: {validation}"); }
        output.WriteLine($"trained: {checkpoint}; its course: {Path.Combine(folder, DepthTraining.CurvesName)}");
        output.WriteLine($"to use it: depthpro convert {Quoted(checkpoint)} --output {Quoted(Path.Combine(folder, "model"))}");
        return ExitCode.Done;
    }

    private static void Keep(TrainSettings settings, string folder)
    {
        try
        {
            settings.Write(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output '{folder}' cannot be written to: {exception.Message} Name a folder that can.");
        }
    }

    private static bool HasState(string? folder) => folder is not null && File.Exists(Path.Combine(folder, DepthTraining.StateName));

    // What the training finds wrong with its options was said on the command line.
    private static T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message);
        }
    }

    private static string Quoted(string path) => path.Contains(' ') ? $"\"{path}\"" : path;
}
