using System.Numerics.Tensors;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Onnx;

namespace DepthPro.Network;

/// <summary>Refuses weights that would make every depth NaN: found when a checkpoint is converted, and not in its use.</summary>
internal static class FiniteWeights
{
    /// <summary>Reads a tensor; throws unless each value is finite, and stays so in <paramref name="precision"/>.</summary>
    /// <exception cref="InvalidDataException">The message names the checkpoint, the tensor, the first index and what stands there.</exception>
    public static void Read(Checkpoint checkpoint, string name, Span<float> destination, WeightPrecision precision)
    {
        checkpoint.Read(name, destination);
        var largest = precision.StoresHalves ? (float)Half.MaxValue : float.MaxValue;
        if (destination.IsEmpty || TensorPrimitives.MaxMagnitude<float>(destination) is var magnitude && Math.Abs(magnitude) <= largest) { return; } // NaN is not

        var at = 0;
        while (Math.Abs(destination[at]) <= largest) { at++; }
        throw new InvalidDataException(float.IsFinite(destination[at])
            ? $"Checkpoint '{checkpoint.Name}' has {destination[at]} at index {Index(checkpoint.Tensors[name], at)} of tensor '{name}'; float16 holds at most {largest}. Convert it with --precision fp32 (WeightPrecision.Float32)."
            : $"Checkpoint '{checkpoint.Name}' has {destination[at]} at index {Index(checkpoint.Tensors[name], at)} of tensor '{name}'; expected finite values only. Its training went astray, or the file is damaged: use another checkpoint.");
    }

    private static string Index(TensorInfo tensor, int at)
    {
        var index = new int[tensor.Shape.Count];
        for (var d = index.Length - 1; d >= 0; d--) { (at, index[d]) = (at / tensor.Shape[d], at % tensor.Shape[d]); }
        return $"[{string.Join(", ", index)}]";
    }
}
