using System.CommandLine;

namespace DepthPro.Cli.Tests;

public sealed class EstimateArgumentsTests
{
    [Fact]
    public void Have_the_defaults_of_the_documentation()
    {
        var settings = Read("a.jpg");

        Assert.Equal(["a.jpg"], settings.Photos);
        Assert.Equal(["npy", "png"], settings.Formats.Select(format => format.Name));
        Assert.Equal(("./depth", null, null, null, null), (settings.Folder, settings.Model, settings.FocalLength, settings.MaxSize, settings.Shard));
        Assert.False(settings.Recursive || settings.Resume || settings.Json || settings.Verbose);
        Assert.Equal((ExecutionDevice.Auto, 0, ResidentWeights.Auto), (settings.Scoring.Device.Device, settings.Scoring.Device.Threads, settings.Scoring.ResidentWeights));
    }

    [Fact]
    public void Are_read()
    {
        var settings = Read("a.jpg", "photos", "--recursive", "--resume", "--shard", "2/3", "--max-size", "1536", "--threads", "3", "--format", "ply,glb", "--focal-length", "500.5", "--device", "cpu", "--provider-option", "use_tf32=1", "--provider-option", "gpu_mem_limit=8=9", "--resident-weights", "one-stage", "--json", "--verbose", "--output", "o", "--model", "m");

        Assert.Equal(["a.jpg", "photos"], settings.Photos);
        Assert.Equal(["ply", "glb"], settings.Formats.Select(format => format.Name));
        Assert.Equal(("o", "m", 500.5f, 1536, new Shard(2, 3)), (settings.Folder, settings.Model, settings.FocalLength, settings.MaxSize, settings.Shard));
        Assert.True(settings.Recursive && settings.Resume && settings.Json && settings.Verbose);
        Assert.Equal((ExecutionDevice.Cpu, 3, ResidentWeights.OneStage), (settings.Scoring.Device.Device, settings.Scoring.Device.Threads, settings.Scoring.ResidentWeights));
        Assert.Equal(new Dictionary<string, string> { ["use_tf32"] = "1", ["gpu_mem_limit"] = "8=9" }, settings.Scoring.Device.ProviderOptions);
    }

    [Theory]
    [InlineData("--format", "", "--format is empty; expected npy, png, png16, npz, pfm, ply, glb.")]
    [InlineData("--format", "npy,exr", "--format 'exr' is unknown; expected npy, png, png16, npz, pfm, ply, glb.")]
    [InlineData("--shard", "0/3", "--shard is '0/3'; expected i/n with i from 1 to n, such as 1/8.")]
    [InlineData("--shard", "4/3", "--shard is '4/3'; expected i/n with i from 1 to n, such as 1/8.")]
    [InlineData("--shard", "half", "--shard is 'half'; expected i/n with i from 1 to n, such as 1/8.")]
    [InlineData("--max-size", "0", "--max-size is '0'; expected a positive whole number of pixels.")]
    [InlineData("--max-size", "big", "--max-size is 'big'; expected a positive whole number of pixels.")]
    [InlineData("--max-size", "99999999999", "--max-size is '99999999999'; expected a positive whole number of pixels, 2147483647 at most.")]
    [InlineData("--threads", "-1", "--threads is '-1'; expected a positive whole number of threads.")]
    [InlineData("--provider-option", "use_tf32", "--provider-option 'use_tf32' has no name and value; expected name=value.")]
    [InlineData("--threads", "1.5", "--threads is '1.5'; expected a positive whole number of threads.")]
    [InlineData("--focal-length", "0", "--focal-length is '0'; expected a positive number of pixels.")]
    [InlineData("--focal-length", "abc", "--focal-length is 'abc'; expected a positive number of pixels.")]
    [InlineData("--focal-length", "1,450", "--focal-length is '1,450'; expected a positive number of pixels.")]
    [InlineData("--focal-length", "Infinity", "--focal-length is 'Infinity'; expected a positive number of pixels.")]
    public void Are_refused_where_they_make_no_sense(string option, string value, string sentence)
    {
        var (code, output, error) = PhotoFolder.Run("estimate", "a.jpg", option, value);

        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Equal(sentence, error.Split(Environment.NewLine)[0]);
    }

    private static EstimateSettings Read(params string[] args)
    {
        var (arguments, command) = (new EstimateArguments(), new RootCommand());
        arguments.AddTo(command);
        return arguments.Read(command.Parse(args));
    }
}
