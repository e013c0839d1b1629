using DepthPro.Scoring;
using DepthPro.Scoring.Devices;

namespace DepthPro;

/// <summary>What a device makes of a network: where its nodes run, and how far its results are from the CPU's.</summary>
/// <param name="Device">The device, as <see cref="DepthNetwork.Device"/> says it.</param>
/// <param name="NodesByProvider">How many of the network's nodes each of ONNX Runtime's execution providers runs; empty on the CPU, or when ONNX Runtime does not tell.</param>
/// <param name="LargestDifference">The largest difference of the canonical inverse depth from the CPU's, as a fraction of its largest value; NaN if the device gave any.</param>
/// <param name="FieldOfViewDifference">The difference of the field of view from the CPU's, in degrees; NaN if the device gave one.</param>
public sealed record DeviceCheck(string Device, IReadOnlyDictionary<string, int> NodesByProvider, float LargestDifference, float FieldOfViewDifference)
{
    /// <summary>Differences up to this, a thousandth, come from the order of additions.</summary>
    public const float Tolerance = 1e-3f;

    /// <summary>Whether the device's results are the CPU's: inverse depth within <see cref="Tolerance"/>, field of view within as many degrees.</summary>
    public bool Agrees => LargestDifference <= Tolerance && FieldOfViewDifference <= Tolerance;

    /// <summary>Runs a network on a device and on the CPU, over the same made-up picture.</summary>
    /// <param name="device">The device.</param>
    /// <param name="model">The model; null for <see cref="DepthProModel.Demo"/>.</param>
    /// <exception cref="InvalidOperationException">The device cannot be used, and the options do not allow another.</exception>
    /// <exception cref="IOException">A file of the model is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file of the model has changed since it was written.</exception>
    public static DeviceCheck Run(DeviceOptions device, DepthProModel? model = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        model ??= DepthProModel.Demo;
        var input = Waves(model.InputSize);
        using var tested = DepthScorer.Open(model, new() { Device = device });
        var got = tested.Score(input, model.Config?.FieldOfView ?? true);
        using var reference = DepthScorer.Open(model, new() { Device = new() { Device = ExecutionDevice.Cpu, Threads = device.Threads } });
        var expected = reference.Score(input, model.Config?.FieldOfView ?? true);
        var largest = 0f;
        for (var i = 0; i < got.InverseDepth.Length; i++) { largest = MathF.Max(largest, MathF.Abs(got.InverseDepth[i] - expected.InverseDepth[i])); } // Max keeps NaN
        return new(tested.Device, tested.Nodes.CountBy(node => node.Provider).ToDictionary(), largest / expected.InverseDepth.Max(),
            model.Config?.FieldOfView ?? true ? MathF.Abs(got.FieldOfViewDegrees - expected.FieldOfViewDegrees) : 0);
    }

    /// <summary>Why a device cannot be used here: what is missing and what to install; null when it can be used.</summary>
    /// <exception cref="InvalidOperationException">ONNX Runtime itself is missing.</exception>
    public static string? WhyNot(DeviceOptions device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return DeviceProbe.WhyNot(device);
    }

    // Smooth and different everywhere, like a picture, and the same on every machine.
    private static float[] Waves(int side)
    {
        var values = new float[3 * side * side];
        for (var i = 0; i < values.Length; i++)
        {
            var (x, y, channel) = (i % side / (float)side, i / side % side / (float)side, i / (side * side));
            values[i] = MathF.Sin((20 + 5 * channel) * x + 3 * y) * MathF.Cos(15 * y * (1 + x));
        }
        return values;
    }
}
