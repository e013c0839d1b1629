using DepthPro.Network.Graphs;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DepthPro.Scoring;

/// <summary>Memory for a float32 tensor that one part of a network writes and another reads; of a device, or of the process.</summary>
/// <param name="allocator">Whose memory it is.</param>
/// <param name="shape">The tensor's, such as (patches, tokens, width).</param>
internal sealed class TensorMemory(OrtAllocator allocator, params int[] shape) : IDisposable
{
    private readonly long _rowBytes = sizeof(float) * new Shape(shape[1..]).Count;
    private readonly OrtMemoryAllocation _memory = allocator.Allocate(checked((uint)(sizeof(float) * new Shape(shape).Count)));

    /// <summary>The tensor, over this memory.</summary>
    public OrtValue Whole() => Rows(0, shape[0]);

    /// <summary>Some of the first dimension, over this memory.</summary>
    public OrtValue Rows(int first, int count)
        => OrtValue.CreateTensorValueWithData(_memory.Info, TensorElementType.Float, [count, .. shape.Skip(1).Select(d => (long)d)], _memory.DangerousGetHandle() + checked((nint)(first * _rowBytes)), count * _rowBytes);

    public void Dispose() => _memory.Dispose();
}
