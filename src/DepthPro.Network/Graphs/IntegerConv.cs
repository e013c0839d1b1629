namespace DepthPro.Network.Graphs;

/// <summary>Square convolution of <see cref="Integers"/> that keeps the size. Its bias is in <see cref="BiasChannels"/>. Not thread-safe, as its graph is not.</summary>
/// <remarks>QLinearConv takes a bias, but in units of input scale x weight scale, which are known only when the input comes; and with a bias that is not constant ONNX Runtime copies the
/// neighbourhood of each pixel of a map, at full size 2.5 KB, before it multiplies, where else it multiplies in place (<c>onnxruntime/core/providers/cpu/quantization/qlinearconv.cc</c>, <c>TryConvSymPrepack</c>).</remarks>
internal sealed class IntegerConv
{
    // The result's range must be known before it is computed; it is taken from pixels on a grid of at most about this side, and enlarged, for what lies between them may be larger. What is larger still is cut off.
    private const int SampledSide = 32;
    private const float Enlarged = 1.2f;

    private readonly Weights _w;
    private readonly Value _weight, _weightScale;

    /// <param name="w">Where the weights are.</param>
    /// <param name="inputs">Channels of the map.</param>
    /// <param name="outputs">Channels of the result.</param>
    /// <param name="kernel">Its side, odd.</param>
    /// <param name="hasBias">Whether it adds a bias.</param>
    public IntegerConv(Weights w, int inputs, int outputs, int kernel, bool hasBias = true)
    {
        _w = w;
        var weight = w.ReadParameter("weight", outputs, inputs, kernel, kernel);
        if (hasBias)
        {
            var bias = w.ReadParameter("bias", outputs);
            (_weight, BiasPixel) = (BiasChannels.Weight(weight, bias), BiasChannels.Pixel(weight, bias));
        }
        else
        {
            _weight = weight;
        }
        _weightScale = w.Graph.Quantize(_weight);
    }

    /// <summary>The pixels of the bias channels, (1), which the range of a map that is convolved must hold; null without a bias.</summary>
    public Value? BiasPixel { get; }

    /// <summary>Convolves.</summary>
    /// <param name="x">A map that was rounded for this convolution.</param>
    /// <param name="signed">Whether negative results are kept; else they become 0.</param>
    /// <param name="next">What convolves the result; null if nothing does.</param>
    public Integers Apply(Integers x, bool signed, IntegerConv? next = null)
    {
        using var scope = _w.Enter();
        var (graph, shape, outputs, kernel) = (_w.Graph, x.Values.Shape, _weight.Shape[0], _weight.Shape[2]);
        var values = x.Values;
        if (BiasPixel is not null)
        {
            var pixels = x.Round(BiasPixel + x.Scale * graph.Constant([.. BiasChannels.Steps]));
            values = Ops.Concat(1, values, pixels.Reshape(1, BiasChannels.Count, 1, 1).Expand(shape.With(1, BiasChannels.Count)));
        }

        var stride = (int)Math.Ceiling(Math.Sqrt((double)shape[2] * shape[3]) / SampledSide);
        int Sampled(int side) => (side - 1) / stride + 1;
        (string, object)[] Attributes(int step) => [("kernel_shape", new long[] { kernel, kernel }), ("strides", new long[] { step, step }), ("pads", Enumerable.Repeat((long)kernel / 2, 4).ToArray())];
        var sums = graph.Emit("ConvInteger", new(shape[0], outputs, Sampled(shape[2]), Sampled(shape[3])), [values, _weight, x.Zero], Attributes(stride));
        var sample = sums.Cast(ElementType.Float32) * (x.Scale * _weightScale).Reshape(outputs, 1, 1);

        var (scale, zero) = Integers.Range(sample, Enlarged, signed, next);
        var result = graph.Emit("QLinearConv", new(shape[0], outputs, shape[2], shape[3]), [values, x.Scale, x.Zero, _weight, _weightScale, graph.Constant(0f).Cast(ElementType.Int8), scale, zero], Attributes(1));
        return new(result, scale, zero);
    }
}
