using DepthPro.Network.Graphs;
using DepthPro.Network.Onnx;
using DepthPro.Scoring.Devices;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Transforms.Tests.Scoring.Devices;

/// <summary>What is chosen, and what is said when it is not what was asked.</summary>
public sealed class DeviceSessionTests
{
    private static readonly ExecutionProvider Cuda = Provider(ExecutionDevice.Cuda);

    [Fact]
    public void Auto_is_the_first_that_can_be_used_and_says_nothing_of_the_others()
    {
        var expected = new[] { ExecutionDevice.Cuda, ExecutionDevice.CoreMl, ExecutionDevice.DirectMl }.FirstOrDefault(d => DeviceCheck.WhyNot(d) is null, ExecutionDevice.Cpu);

        Assert.Equal(ExecutionProvider.Of(expected)?.DeviceName(0) ?? "cpu", DeviceSession.Choose(new()).Description);
    }

    [FactWithout(ExecutionDevice.Cuda)]
    public void Cuda_names_the_library_that_is_missing_and_what_to_install()
    {
        var message = Assert.Throws<InvalidOperationException>(() => DeviceSession.Choose(ExecutionDevice.Cuda)).Message;

        Assert.StartsWith("Device cuda:0 cannot be used: ", message);
        Assert.Matches(@"\.so|\.dll|has no CUDAExecutionProvider|CUDA failure", message);
        Assert.Matches("Microsoft.ML.OnnxRuntime.Gpu|CUDA and cuDNN", message);
        Assert.Contains("AllowFallback", message);
    }

    [FactWithout(ExecutionDevice.Cuda)]
    public void Falls_back_with_the_reason_when_that_is_allowed()
    {
        var device = DeviceSession.Choose(new() { Device = ExecutionDevice.Cuda, Index = 1, AllowFallback = true });

        Assert.True(device.IsCpu);
        Assert.StartsWith("cpu (cuda:1: ", device.Description);
        Assert.EndsWith($"{DeviceCheck.WhyNot(new() { Device = ExecutionDevice.Cuda, Index = 1 })})", device.Description);
    }

    [FactWithout(ExecutionDevice.DirectMl)]
    public void A_provider_whose_function_is_not_in_the_library_is_named_with_its_package()
    {
        using var options = new SessionOptions();

        Assert.ThrowsAny<Exception>(() => Provider(ExecutionDevice.DirectMl).AppendTo(options, new()));
        AssertNotBuiltIn("DmlExecutionProvider", "Microsoft.ML.OnnxRuntime.DirectML", DeviceCheck.WhyNot(ExecutionDevice.DirectMl));
    }

    [FactWithout(ExecutionDevice.OpenVino)]
    public void A_provider_that_is_not_enabled_in_the_build_is_named_with_its_package()
    {
        using var options = new SessionOptions();

        Assert.Throws<OnnxRuntimeException>(() => Provider(ExecutionDevice.OpenVino).AppendTo(options, new()));
        AssertNotBuiltIn("OpenVINOExecutionProvider", "Intel.ML.OnnxRuntime.OpenVino", DeviceCheck.WhyNot(ExecutionDevice.OpenVino));
    }

    [Fact]
    public void A_missing_function_is_explained_for_every_provider()
    {
        var message = DeviceFailure.Explain(Cuda, new EntryPointNotFoundException("Unable to find an entry point named 'OrtSessionOptionsAppendExecutionProvider_CUDA' in shared library 'onnxruntime'."));

        AssertNotBuiltIn("CUDAExecutionProvider", "Microsoft.ML.OnnxRuntime.Gpu", message);
    }

    [FactWithout(ExecutionDevice.WebGpu)]
    public void Webgpu_says_that_there_is_no_adapter()
        => Assert.Matches("^(ONNX Runtime says: Failed to get a WebGPU adapter.*driver for Vulkan|This build of ONNX Runtime has no WebGpuExecutionProvider)", DeviceCheck.WhyNot(ExecutionDevice.WebGpu));

    [Fact]
    public void Is_the_device_when_all_nodes_run_there()
        => Assert.Equal("cuda:2", DeviceSession.Describe(Cuda, 2, [new(Cuda.Name, "MatMul"), new(Cuda.Name, "Conv")]));

    [Fact]
    public void Names_the_operators_that_stay_on_the_cpu()
        => Assert.Equal("cuda:0 (3 of 4 nodes on the CPU: Gather, Shape)",
            DeviceSession.Describe(Cuda, 0, [new(Cuda.Name, "MatMul"), new(ExecutionProvider.Cpu, "Shape"), new(ExecutionProvider.Cpu, "Gather"), new(ExecutionProvider.Cpu, "Shape")]));

    [Fact]
    public void Is_not_called_cuda_when_all_nodes_fell_to_the_cpu()
        => Assert.Equal("cpu (cuda:0: it runs none of the 2 nodes.)",
            DeviceSession.Describe(Cuda, 0, [new(ExecutionProvider.Cpu, "MatMul"), new(ExecutionProvider.Cpu, "Conv")]));

    [Theory]
    [InlineData(ExecutionDevice.Cuda, "enable_cuda_graph")]
    [InlineData(ExecutionDevice.TensorRt, "trt_cuda_graph_enable")]
    public void Refuses_to_replay_runs_whose_memory_is_gone(ExecutionDevice device, string option)
    {
        string? WhyNot(string value) => DeviceCheck.WhyNot(new() { Device = device, ProviderOptions = new Dictionary<string, string> { [option] = value } });

        Assert.Contains($"{option} is on, and a CUDA graph reads and writes where its first run did", WhyNot("1"));
        Assert.DoesNotContain(option, WhyNot("0") ?? "");
    }

    [Fact]
    public void Cuda_multiplies_exactly_and_takes_its_time_to_choose_unless_it_computes_in_halves()
    {
        Assert.Equal(new() { ["device_id"] = "1", ["use_tf32"] = "0" }, Cuda.SettingsOf(new() { Index = 1 }));
        Assert.Equal(new() { ["device_id"] = "0", ["use_tf32"] = "0", ["cudnn_conv_algo_search"] = "HEURISTIC", ["prefer_nhwc"] = "1" }, Cuda.SettingsOf(new() { ComputesInHalves = true }));
    }

    [Fact]
    public void Provider_options_that_are_given_go_before_ours()
    {
        var given = new Dictionary<string, string> { ["use_tf32"] = "1", ["cudnn_conv_algo_search"] = "DEFAULT", ["prefer_nhwc"] = "0", ["device_id"] = "0" };

        Assert.Equal(given, Cuda.SettingsOf(new() { ComputesInHalves = true, ProviderOptions = given }));
    }

    [Fact]
    public void Refuses_a_device_that_is_told_twice_and_differently()
    {
        var options = new DeviceOptions { Index = 1, ProviderOptions = new Dictionary<string, string> { ["device_id"] = "2" } };

        Assert.Contains("device_id is 2 among the provider's options, and DeviceOptions.Index is 1; expected the same", Assert.Throws<NotSupportedException>(() => Cuda.SettingsOf(options)).Message);
    }

    [Fact]
    public void Nodes_are_found_on_the_provider_that_runs_them()
    {
        var graph = new Graph("two nodes");
        graph.Output("y", graph.Input("x", 1, 3).Relu().Reciprocal());
        using var model = new MemoryStream();
        OnnxWriter.Write(graph, model, (name, _) => Assert.Fail(name));
        using var options = new SessionOptions();
        NodePlacement.Record(options);
        using var session = new InferenceSession(model.ToArray(), options);

        Assert.Equal([new(ExecutionProvider.Cpu, "Relu"), new(ExecutionProvider.Cpu, "Reciprocal")], NodePlacement.Of(session));
    }

    [Fact]
    public void Nodes_are_not_told_of_a_session_that_did_not_record_them()
    {
        var graph = new Graph("one node");
        graph.Output("y", graph.Input("x", 1, 3).Relu());
        using var model = new MemoryStream();
        OnnxWriter.Write(graph, model, (name, _) => Assert.Fail(name));
        using var session = new InferenceSession(model.ToArray());

        Assert.Contains("does not tell where", Assert.Throws<InvalidOperationException>(() => NodePlacement.Of(session)).Message);
    }

    [Fact]
    public void Refuses_what_a_device_does_not_take()
    {
        Assert.Contains("Index is 1, and webgpu does not count devices", DeviceCheck.WhyNot(new() { Device = ExecutionDevice.WebGpu, Index = 1 }));
        Assert.Contains("directml takes no provider options; found a", DeviceCheck.WhyNot(new() { Device = ExecutionDevice.DirectMl, ProviderOptions = new Dictionary<string, string> { ["a"] = "b" } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeviceSession.Choose(new() { Index = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeviceSession.Choose(new() { Threads = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeviceSession.Choose((ExecutionDevice)99));
    }

    [Fact]
    public void Cpu_agrees_with_itself()
    {
        var check = DeviceCheck.Run(ExecutionDevice.Cpu);

        Assert.Equal(("cpu", 0f, 0f, true), (check.Device, check.LargestDifference, check.FieldOfViewDifference, check.Agrees));
        Assert.Empty(check.NodesByProvider);
    }

    [Fact]
    public void Nan_never_agrees() => Assert.False(new DeviceCheck("cuda:0", new Dictionary<string, int>(), float.NaN, 0).Agrees);

    private static ExecutionProvider Provider(ExecutionDevice device) => ExecutionProvider.Of(device) ?? throw new ArgumentException($"{device} has no provider.");

    private static void AssertNotBuiltIn(string provider, string package, string? reason)
    {
        Assert.StartsWith($"This build of ONNX Runtime has no {provider}; it has ", reason);
        Assert.Contains(ExecutionProvider.Cpu, reason);
        Assert.Contains($"Install the package {package}", reason);
    }
}
