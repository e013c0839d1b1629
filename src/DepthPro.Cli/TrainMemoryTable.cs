using System.Globalization;
using DepthPro.Training;
using Spectre.Console;

namespace DepthPro.Cli;

/// <summary>What a training's steps need of memory, as a table: with one photo and with as many as each stage has.</summary>
internal static class TrainMemoryTable
{
    private const int Width = 120;

    public static void Write(TrainPlan plan, string name, TextWriter output)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output), Interactive = InteractionSupport.No });
        if (!console.Profile.Out.IsTerminal) { console.Profile.Width = Width; }
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn(new Text("stage")));
        foreach (var column in (string[])["photos", "threads", "learning", "weights, Adam", "photos' data", "activations", "together"]) { table.AddColumn(new TableColumn(new Text(column)).RightAligned()); }
        var one = plan.Options with { Threads = 1, Stages = [.. plan.Options.Stages.Select(stage => stage with { PhotosPerStep = 1 })] };
        var rows = TrainingMemory.Of(one, plan.Sets).Zip(TrainingMemory.Of(plan.Options, plan.Sets));
        foreach (var need in rows.SelectMany(pair => pair.Second.PhotosPerStep > 1 ? new[] { pair.First, pair.Second } : [pair.First]))
        {
            string Count(int value) => value.ToString(CultureInfo.InvariantCulture);
            table.AddRow([.. ((string[])[need.Stage, Count(need.PhotosPerStep), Count(need.Threads), Millions(need.Learning), Gigabytes(need.ParameterBytes), Gigabytes(need.PhotoBytes), Gigabytes(need.ActivationBytes), Gigabytes(need.TotalBytes)]).Select(cell => new Text(cell))]);
        }
        output.WriteLine($"Memory of a training step, {name}, network input {plan.Options.Network.InputSize} x {plan.Options.Network.InputSize}; estimated from the graph, float32:");
        console.Write(table);
        output.WriteLine("Fewer --threads or --photos-per-step need less. The program and ONNX Runtime take some 0.3 GB more.");
    }

    private static string Millions(long count) => string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:0.0} M");

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB");
}
