using System.CommandLine;
using DepthPro.Training;

namespace DepthPro.Cli;

/// <summary>Trains a network.</summary>
internal static class TrainCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var folder = new Option<string>("--output") { Description = "Folder for states, checkpoints and curves; a training that stands there is taken up.", Required = true };
        var steps = new Option<int?>("--steps") { Description = "Steps of all stages together." };
        var minutes = new Option<double?>("--minutes") { Description = "Minutes of all stages together." };
        var command = new Command("train", "Trains a network on synthetic scenes or on folders of photos with depth.") { folder, steps, minutes };
        command.SetAction(parsed =>
        {
            var options = DepthTrainingOptions.Demo with { Steps = parsed.GetValue(steps), Minutes = parsed.GetValue(minutes) };
            var training = new DepthTraining(options, DemoTraining.Sets(options), DemoTraining.Validation(), folder: parsed.GetValue(folder));
            using var cancellation = new CancellationTokenSource();
            using var interruption = new Interruption(cancellation.Cancel);
            training.Run(new Reporter(output), cancellation.Token);
            return ExitCode.Done;
        });
        return command;
    }

    private sealed class Reporter(TextWriter output) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step % 50 != 0 && value.Validation is null) { return; }
            output.WriteLine($"{DateTime.Now:T} {value.Stage} {value.Step}/{value.Steps} loss {value.Loss:g4} norm {value.GradientNorm:g3} rate {value.LearningRate:g3} {value.PhotosPerSecond:f1} photos/s, {value.Remaining:hh\\:mm\\:ss} left {string.Join(' ', value.Terms.Select(t => $"{t.Key} {t.Value:g3}"))} {value.Validation}");
        }
    }
}
