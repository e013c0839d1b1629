using System.Text.RegularExpressions;
using DepthPro.Network;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Modules;
using DepthPro.Tests;

namespace DepthPro.Cli.Tests;

/// <summary>Runs of the program that are interrupted or find the disk full: nothing half-done stands under a final name.</summary>
public sealed class FailingRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public void Estimate_finishes_the_photo_in_hand_when_interrupted()
    {
        const int Photos = 300;
        Directory.CreateDirectory(_folder["photos"]);
        for (var i = 0; i < Photos; i++) { File.Copy(Goldens.PathOf("demo", "coffee_240x160.png"), _folder[$"photos/{i:d3}.png"]); }
        using var process = ProgramProcess.Start("", "estimate", _folder["photos"], "--output", _folder["depth"], "--format", "npy");
        process.StandardOutput.ReadLine();

        ProgramProcess.Interrupt(process);

        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        var names = Names("depth");
        var done = names.Length / 2;
        Assert.InRange(done, 1, Photos - 1);
        Assert.Equal(Enumerable.Range(0, done).SelectMany(i => new[] { $"{i:d3}.json", $"{i:d3}.npy" }), names);
        Assert.All(Directory.GetFiles(_folder["depth"], "*.npy"), file => Assert.Equal(128 + 4 * 240 * 160, new FileInfo(file).Length));
        Assert.Contains("Stopping after this photo", error);
        Assert.Contains($"Interrupted: {done} of {Photos} photos are done", error);
    }

    [UnixTheory]
    [InlineData("model")]
    [InlineData("model.safetensors")]
    public void Convert_leaves_nothing_when_interrupted(string output)
    {
        var config = new NetworkConfig
        {
            Vit = new() { ImageSize = 128, Width = 512, Depth = 4, Heads = 8 },
            HookBlocks = [1, 2],
            EncoderDims = [32, 32, 64, 64],
            DecoderWidth = 32,
        };
        File.WriteAllText(_folder["network.json"], new ModelManifest { Network = config }.ToJson());
        var parameters = DepthProNetwork.Parts(config).SelectMany(g => g.Parameters);
        SafetensorsWriter.Write(_folder["zeros.safetensors"], [.. parameters.Select(p => new TensorInfo(p.Path, TensorType.Float16, p.CheckpointShape.ToArray()))], info => new float[info.Count]);
        using var process = ProgramProcess.Start("", "convert", _folder["zeros.safetensors"], "--config", _folder["network.json"], "--output", _folder[output]);
        while (!process.HasExited && !Directory.EnumerateFileSystemEntries(_folder.Path, "model*").Any()) { Thread.Sleep(1); }

        ProgramProcess.Interrupt(process);

        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((ExitCode.Interrupted, "Interrupted; nothing is left behind."), (process.ExitCode, error.Trim()));
        Assert.Equal(["network.json", "zeros.safetensors"], Names("."));
    }

    [UnixFact]
    public void Train_finishes_the_step_in_hand_when_interrupted_and_goes_on_to_the_same_result()
    {
        const string Steps = "400";
        using var folder = new TrainingFolder();
        using var process = ProgramProcess.Start("", folder.FineTuning("broken", Steps));
        while (process.StandardOutput.ReadLine() is { } line && !line.Contains("loss", StringComparison.Ordinal)) { }

        ProgramProcess.Interrupt(process);

        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.Contains("Stopping after this step", error);
        var step = Regex.Match(error, @"Interrupted at (field of view, step \d+ of 400); its state is kept. To go on: depthpro train --output (.*)");
        Assert.True(step.Success, error);
        var (code, output, _) = TrainCommandTests.Run("train", "--output", step.Groups[2].Value.Trim());
        Assert.Equal(ExitCode.Done, code);
        Assert.StartsWith($"taken up at {step.Groups[1].Value}", output);
        folder.FineTune("unbroken", Steps);
        Assert.Equal(folder.Checkpoint("unbroken"), folder.Checkpoint("broken"));
        Assert.Equal(folder.Curves("unbroken"), folder.Curves("broken"));
    }

    [UnixTheory]
    [InlineData("npy", "a.npy")]
    [InlineData("png", "a.depth.png")]
    [InlineData("png16", "a.depth16.png")]
    [InlineData("npz", "a.npz")]
    [InlineData("pfm", "a.pfm")]
    [InlineData("ply", "a.ply")]
    [InlineData("glb", "a.glb")]
    public void Estimate_names_the_photo_and_leaves_nothing_when_the_disk_is_full(string format, string file)
    {
        File.Copy(Goldens.PathOf("demo", "coffee_240x160.png"), _folder["a.png"]);

        var (code, _, error) = RunOnFullDisk("estimate", _folder["a.png"], "--output", _folder["depth"], "--format", format);

        Assert.Equal(ExitCode.SomeInputsFailed, code);
        Assert.Contains($"{_folder["a.png"]}: '{_folder["depth"]}{Path.DirectorySeparatorChar}{file}' cannot be written: the disk is full or the place not writable (", error);
        Assert.Contains("Free some space", error);
        Assert.DoesNotContain(".tmp", error);
        Assert.Contains("1 of 1 photos failed", error);
        Assert.Empty(Names("depth"));
    }

    [UnixTheory]
    [InlineData("model")]
    [InlineData("model.safetensors")]
    public void Convert_leaves_nothing_when_the_disk_is_full(string output)
    {
        var (code, _, error) = RunOnFullDisk("convert", Goldens.PathOf("micro", "depth_pro.pt"), "--config", Goldens.PathOf("micro", "network.json"), "--output", _folder[output]);

        Assert.Equal(ExitCode.ModelUnusable, code);
        Assert.StartsWith($"'{_folder[output]}", error);
        Assert.Contains("cannot be written: the disk is full or the place not writable (", error);
        Assert.DoesNotContain(".unfinished", error);
        Assert.Empty(Names("."));
    }

    private string[] Names(string folder) => [.. Directory.GetFileSystemEntries(_folder[folder]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    // A file that grows past its limit fails as on a full disk, in the same system call; only .NET's message is another, without the file's name.
    private static (int Code, string Output, string Error) RunOnFullDisk(params string[] args)
    {
        using var process = ProgramProcess.Start("trap '' XFSZ; ulimit -f 16; ", args); // 8 or 16 KiB, by shell
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error);
    }
}
