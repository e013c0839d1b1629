using DepthPro.Network.Graphs;
using DepthPro.Network.Onnx;
using DepthPro.Scoring;
using DepthPro.Scoring.Devices;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Transforms.Tests.Scoring.Devices;

/// <summary>A device that can be used, but does not open the network: too little memory, or a graph that its provider refuses.</summary>
public sealed class DeviceRefusalTests
{
    private static readonly ExecutionProvider Cuda = ExecutionProvider.Of(ExecutionDevice.Cuda) ?? throw new InvalidOperationException("CUDA has no provider.");

    [Fact]
    public void Is_an_error_with_cause_and_remedy_when_no_other_device_is_allowed()
    {
        var device = new DeviceSession(new() { Device = ExecutionDevice.Cuda }, Cuda);

        var error = Assert.Throws<InvalidOperationException>(() => device.Open(Refuse));

        Assert.StartsWith("Device cuda:0 cannot be used: It does not take the network. ONNX Runtime says: ", error.Message);
        Assert.Contains("update the device's driver", error.Message);
        Assert.Contains("AllowFallback", error.Message);
        Assert.IsType<OnnxRuntimeException>(error.InnerException);
    }

    [Theory]
    [InlineData(ExecutionDevice.Auto, false)]
    [InlineData(ExecutionDevice.Cuda, true)]
    public void Leaves_the_network_to_the_cpu_and_says_why_where_that_is_allowed(ExecutionDevice asked, bool allowFallback)
    {
        var device = new DeviceSession(new() { Device = asked, AllowFallback = allowFallback }, Cuda);

        device.Open(Refuse).Dispose();

        Assert.True(device.IsCpu);
        Assert.StartsWith("cpu (cuda:0: It does not take the network. ONNX Runtime says: ", device.Description);
        Assert.Empty(device.Nodes);
    }

    [Fact]
    public void Is_not_asked_again_once_it_refused()
    {
        var device = new DeviceSession(new(), Cuda);
        var asked = new List<ExecutionProvider?>();

        for (var i = 0; i < 2; i++)
        {
            device.Open(provider =>
            {
                asked.Add(provider);
                return Refuse(provider);
            }).Dispose();
        }

        Assert.Equal([Cuda, null, null], asked);
    }

    [Fact]
    public void Is_named_beside_the_cpu_when_it_took_a_part_of_the_network()
    {
        var here = Cuda with { Name = ExecutionProvider.Cpu }; // where the nodes of this machine's sessions are
        var device = new DeviceSession(new() { Device = ExecutionDevice.Cuda, AllowFallback = true }, here);

        device.Open(_ => Session("first")).Dispose();
        Assert.Equal("cuda:0", device.Description);
        device.Open(provider => provider is null ? Session("second") : Refuse(provider)).Dispose();

        Assert.StartsWith("cuda:0 and cpu (cuda:0: It does not take the network. ", device.Description);
    }

    [Fact]
    public void Says_that_memory_is_what_lacks()
    {
        var reason = DeviceFailure.ExplainRefusal(Cuda, Failure("CUDA failure 2: out of memory ; GPU=0 ; expr=cudaMalloc"));

        Assert.StartsWith("It lacks the memory to open the network. ONNX Runtime says: ", reason);
        Assert.Contains("ResidentWeights = OneStage", reason);
    }

    [FactWithout(ExecutionDevice.Cuda)]
    public void Is_known_when_the_network_is_opened_even_if_its_parts_are_opened_one_at_a_time()
    {
        var (model, options) = (DepthProModel.Demo, new ScoringOptions { ResidentWeights = ResidentWeights.OneStage });
        var config = model.Config ?? throw new InvalidOperationException("The demo model has no sizes.");
        var lenient = new DeviceSession(new() { Device = ExecutionDevice.Cuda, AllowFallback = true }, Cuda);

        using (new PartsRunner(model, config, lenient, options)) { Assert.StartsWith("cpu (cuda:0: ", lenient.Description); }

        Assert.Contains("cuda:0 cannot be used", Assert.Throws<InvalidOperationException>(() => new PartsRunner(model, config, new(new() { Device = ExecutionDevice.Cuda }, Cuda), options)).Message);
    }

    // What ONNX Runtime throws cannot be made by others.
    private static InferenceSession Refuse(ExecutionProvider? provider) => provider is null ? Session("whole") : new([1, 2, 3]);

    private static OnnxRuntimeException Failure(string message)
    {
        using var model = new InferenceSession(Model("x"));
        using var options = new RunOptions();
        return Assert.Throws<OnnxRuntimeException>(() => model.Run(options, [], [], [message]));
    }

    private static InferenceSession Session(string output)
    {
        using var options = new SessionOptions();
        NodePlacement.Record(options);
        return new(Model(output), options);
    }

    private static byte[] Model(string output)
    {
        var graph = new Graph("one node");
        graph.Output(output, graph.Input("x", 1, 3).Relu());
        using var model = new MemoryStream();
        OnnxWriter.Write(graph, model, (name, _) => Assert.Fail(name));
        return model.ToArray();
    }
}
