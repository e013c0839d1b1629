namespace DepthPro.Network.Graphs;

/// <summary>Operations that have weights, named and laid out as in PyTorch. Not thread-safe, as its graph is not.</summary>
public static class Layers
{
    extension(Value x)
    {
        /// <summary>Square convolution of (N, C, H, W); PyTorch's Conv2d.</summary>
        public Value Conv(Weights w, int channels, int kernel, int stride = 1, int padding = 0, bool bias = true)
        {
            using var scope = w.Enter();
            int Side(int n) => (n + 2 * padding - kernel) / stride + 1;
            return x.Graph.Emit("Conv", new(x.Shape[0], channels, Side(x.Shape[2]), Side(x.Shape[3])),
                [x, w.Read("weight", channels, x.Channels, kernel, kernel), .. Bias(w, channels, bias)],
                ("kernel_shape", new long[] { kernel, kernel }), ("strides", new long[] { stride, stride }), ("pads", new long[] { padding, padding, padding, padding })).Named(w);
        }

        /// <summary>Transposed convolution whose kernel is its stride: each pixel becomes a square of <paramref name="factor"/> pixels a side; PyTorch's ConvTranspose2d.</summary>
        public Value Upsample(Weights w, int channels, int factor = 2, bool bias = false)
        {
            using var scope = w.Enter();
            // A matrix product that makes each square's pixels as channels, then put in their places: ONNX Runtime's ConvTranspose keeps its input and a buffer of the result's size besides.
            var (squares, height, width) = (factor * factor * channels, x.Shape[2], x.Shape[3]);
            var matrix = w.Read("weight", x.Channels, channels, factor, factor).Reshape(x.Channels, squares).Permute(1, 0);
            var pixels = matrix.MatMul(x.Reshape(x.Shape[0], x.Channels, height * width)).Reshape(x.Shape[0], squares, height, width);
            var map = x.Graph.Emit("DepthToSpace", new(x.Shape[0], channels, factor * height, factor * width), [pixels], ("blocksize", (long)factor), ("mode", "CRD"));
            return (bias ? map + w.Read("bias", channels).Reshape(channels, 1, 1) : map).Named(w);
        }

        /// <summary>Affine map of the last dimension; PyTorch's Linear.</summary>
        public Value Linear(Weights w, int features)
        {
            using var scope = w.Enter();
            var (weight, bias) = (w.ReadTransposed("weight", features, x.Shape[^1]), w.Read("bias", features));
            return (x.Graph.Form.QuantizedLinears
                ? x.Graph.Emit("DynamicQuantizeMatMul", x.Shape.With(x.Shape.Length - 1, features), [x, weight, x.Graph.Quantize(weight), null, bias])
                : x.MatMul(weight) + bias).Named(w);
        }

        /// <summary>Normalises the last dimension, then scales and shifts it; PyTorch's LayerNorm.</summary>
        /// <param name="w">Where its weights are.</param>
        /// <param name="epsilon">Added to the variance; DINOv2's value is 1e-6.</param>
        public Value LayerNorm(Weights w, float epsilon = 1e-6f)
        {
            using var scope = w.Enter();
            return x.Graph.Emit("LayerNormalization", x.Shape, [x, w.Read("weight", x.Shape[^1]), w.Read("bias", x.Shape[^1])],
                ("axis", -1L), ("epsilon", epsilon)).Named(w);
        }

        /// <summary>Records the tensor as what the module at <paramref name="w"/> returns.</summary>
        public Value Named(Weights w) => x.Graph.Module(w.Path, x);
    }

    private static Value[] Bias(Weights w, int channels, bool bias) => bias ? [w.Read("bias", channels)] : [];
}
