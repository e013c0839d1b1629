namespace DepthPro.Transforms.Tests.Scoring.Devices;

/// <summary>The micro network on devices that few machines have. A device that cannot be had fails the test that was asked for.</summary>
public sealed class DeviceTests(MicroModels models) : IClassFixture<MicroModels>
{
    [DeviceFact(ExecutionDevice.WebGpu)]
    public void Webgpu_agrees_with_the_cpu() => AssertAgrees(ExecutionDevice.WebGpu, "WebGpuExecutionProvider");

    [DeviceFact(ExecutionDevice.Cuda)]
    public void Cuda_agrees_with_the_cpu() => AssertAgrees(ExecutionDevice.Cuda, "CUDAExecutionProvider");

    [DeviceFact(ExecutionDevice.TensorRt)]
    public void Tensorrt_agrees_with_the_cpu() => AssertAgrees(ExecutionDevice.TensorRt, "TensorrtExecutionProvider");

    private void AssertAgrees(ExecutionDevice device, string provider)
    {
        var check = DeviceCheck.Run(device, models.Convert("model.safetensors"));

        Assert.True(check.NodesByProvider.GetValueOrDefault(provider) > check.NodesByProvider.Values.Sum() / 2, $"Device {check.Device} runs {string.Join(", ", check.NodesByProvider)} nodes; expected most on {provider}.");
        Assert.True(check.Agrees, $"Device {check.Device} differs from the CPU by {check.LargestDifference:g3} of the largest inverse depth and {check.FieldOfViewDifference:g3} degrees; expected at most {DeviceCheck.Tolerance:g3}.");
    }
}
