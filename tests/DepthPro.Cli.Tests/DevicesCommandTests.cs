using DepthPro.Tests;

namespace DepthPro.Cli.Tests;

public sealed class DevicesCommandTests
{
    [Fact]
    public void Names_every_device_once()
    {
        var (code, output, error) = Run("devices");

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Equal(["cpu", "cuda", "tensorrt", "directml", "coreml", "openvino", "webgpu"], output.TrimEnd().Split('\n').Select(line => line.Split(' ')[0]));
        Assert.StartsWith("cpu       can be used", output);
    }

    [Fact]
    public void Checks_a_device_against_the_cpu()
    {
        var (code, output, error) = Run("devices", "--device", "cpu");

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Equal(["device: cpu", "nodes: all on CPUExecutionProvider", "largest difference from the CPU: 0 of the largest inverse depth, 0 degrees of field of view", "agrees with the CPU"],
            output.TrimEnd().Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public void Fails_when_the_device_gives_other_results()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var check = new DeviceCheck("cuda:0", new Dictionary<string, int> { ["CPUExecutionProvider"] = 3, ["CUDAExecutionProvider"] = 900 }, 0.02f, 0.1f);

        Assert.Equal(ExitCode.ModelUnusable, DevicesCommand.Check(check, output, error));
        Assert.Contains("nodes: 900 on CUDAExecutionProvider, 3 on CPUExecutionProvider", output.ToString());
        Assert.Contains("0.02 of the largest inverse depth, 0.1 degrees", output.ToString());
        Assert.Contains("does not agree", output.ToString());
        Assert.Contains("expected differences up to 0.001", error.ToString());
    }

    [Theory]
    [InlineData("devices")]
    [InlineData("estimate", "photo.png")]
    public void Fails_with_the_package_when_the_device_cannot_be_had(params string[] command)
    {
        var missing = OperatingSystem.IsWindows() ? "CoreMl" : "DirectMl"; // no package has these on these systems

        var (code, output, error) = Run([.. command, "--device", missing]);

        Assert.Equal((ExitCode.ModelUnusable, ""), (code, output));
        Assert.StartsWith($"Device {missing.ToLowerInvariant()}", error);
        Assert.Contains("Install the package Microsoft.ML.OnnxRuntime", error);
    }

    [Theory]
    [InlineData("--index is -1", "--device", "cpu", "--index", "-1")]
    [InlineData("'fast' has no name", "--device", "cpu", "--option", "fast")]
    [InlineData("'abacus'", "--device", "abacus")]
    public void Refuses_options_that_say_nothing(string says, params string[] options)
    {
        var (code, _, error) = Run(["devices", .. options]);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(says, error);
    }

    [Fact]
    public void Estimate_is_quiet_about_devices_that_auto_did_not_find()
    {
        using var folder = new TemporaryFolder();

        var (code, _, error) = ProgramCopy.Run(AppContext.BaseDirectory, "estimate", Goldens.PathOf("demo", "coffee_240x160.png"), "--output", folder.Path);

        Assert.Equal((ExitCode.Done, ""), (code, error));
    }

    [Fact]
    public void Says_which_package_to_add_when_onnx_runtime_is_not_there()
    {
        using var program = new ProgramCopy();

        var (code, _, error) = program.Run("devices");

        Assert.Equal(ExitCode.ModelUnusable, code);
        Assert.Contains("native library was not found", error);
        Assert.Contains("Microsoft.ML.OnnxRuntime", error);
    }

    [OtherRuntimeFact]
    public void Says_which_package_to_install_when_the_library_there_is_built_for_the_cpu_only()
    {
        using var program = new ProgramCopy(OtherRuntimeFactAttribute.Library);

        var (code, output, _) = program.Run("devices");
        Assert.Equal(ExitCode.Done, code);
        Assert.All(output.TrimEnd().Split('\n').Skip(1), line => Assert.Matches("This build of ONNX Runtime has no [A-Za-z]+ExecutionProvider; it has CPUExecutionProvider. Install ", line));

        var (failed, _, error) = program.Run("devices", "--device", "cuda");
        Assert.Equal(ExitCode.ModelUnusable, failed);
        Assert.Contains("Install the package Microsoft.ML.OnnxRuntime.Gpu", error);
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = DepthProCommand.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
