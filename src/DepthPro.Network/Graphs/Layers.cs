namespace DepthPro.Network.Graphs;

/// <summary>Operations that have weights, named and laid out as in PyTorch. Not thread-safe, as its graph is not.</summary>
public static class Layers
{
    private const long MostMergedWeights = 1 << 24; // above, making them would take long, and memory

    extension(Value x)
    {
        /// <summary>Square convolution of (N, C, H, W); PyTorch's Conv2d.</summary>
        public Value Conv(Weights w, int channels, int kernel, int stride = 1, int padding = 0, bool bias = true)
        {
            using var scope = w.Enter();
            return x.Conv(w.Read("weight", channels, x.Channels, kernel, kernel), bias ? w.Read("bias", channels) : null, stride, padding).Named(w);
        }

        /// <summary>Square convolution of (N, C, H, W) by a weight (channels, C, k, k) and a bias (channels) or none.</summary>
        internal Value Conv(Value weight, Value? bias, int stride = 1, int padding = 0)
            => x.Convolve(weight, bias, (stride, stride), (padding, padding), (padding, padding));

        /// <summary>Convolution of (N, C, H, W) by a weight (channels, C, h, w), or (C, 1, h, w) for each channel by itself, and a bias (channels) or none.</summary>
        /// <param name="weight">The weight.</param>
        /// <param name="bias">The bias.</param>
        /// <param name="strides">From one result to the next.</param>
        /// <param name="rows">Of zeros, above and below.</param>
        /// <param name="columns">Of zeros, left and right.</param>
        internal Value Convolve(Value weight, Value? bias, (int Rows, int Columns) strides, (int Before, int After) rows, (int Before, int After) columns)
        {
            static int Side(int n, int kernel, int stride, (int Before, int After) padding) => (n + padding.Before + padding.After - kernel) / stride + 1;
            Shape shape = new(x.Shape[0], weight.Shape[0], Side(x.Shape[2], weight.Shape[2], strides.Rows, rows), Side(x.Shape[3], weight.Shape[3], strides.Columns, columns));
            var groups = weight.Shape[1] == x.Channels ? 1 : weight.Shape[1] == 1 && weight.Shape[0] == x.Channels ? x.Channels
                : throw new ArgumentException($"Conv: {weight} does not take {x}; expected {x.Channels} input channels, or 1 of each channel by itself.");
            return x.Graph.Emit("Conv", shape, bias is null ? [x, weight] : [x, weight, bias],
            [
                ("kernel_shape", new long[] { weight.Shape[2], weight.Shape[3] }), ("strides", new long[] { strides.Rows, strides.Columns }), ("pads", new long[] { rows.Before, columns.Before, rows.After, columns.After }),
                .. groups == 1 ? (ReadOnlySpan<(string, object)>)[] : [("group", (long)groups)],
            ]);
        }

        /// <summary>Transposed convolution whose kernel is its stride: each pixel becomes a square of <paramref name="factor"/> pixels a side; PyTorch's ConvTranspose2d.</summary>
        public Value Upsample(Weights w, int channels, int factor = 2, bool bias = false)
        {
            using var scope = w.Enter();
            return x.Upsampled(w.Read("weight", x.Channels, channels, factor, factor), bias ? w.Read("bias", channels) : null).Named(w);
        }

        /// <summary>A transposed convolution of stride 2, and a 1x1 convolution of what it gives.</summary>
        /// <param name="up">Where the transposed convolution's weights are; it has no bias.</param>
        /// <param name="mix">Where the 1x1 convolution's weights are.</param>
        /// <param name="channels">Of both results.</param>
        public Value UpsampleThenMix(Weights up, Weights mix, int channels)
        {
            if (!x.Graph.Form.MergedLayers) { return x.Upsample(up, channels).Conv(mix, channels, kernel: 1); }
            var weight = MergedWeights.UpsampleThenMix(up.ReadParameter("weight", x.Channels, channels, 2, 2), mix.ReadParameter("weight", channels, channels, 1, 1));
            using var scope = mix.Enter();
            return x.Upsampled(weight, mix.Read("bias", channels)).Named(mix);
        }

        /// <summary>Transposed convolutions of stride 2, one after another, without biases.</summary>
        /// <param name="steps">Where their weights are.</param>
        /// <param name="channels">Of each result.</param>
        internal Value UpsampleInSteps(IReadOnlyList<Weights> steps, int channels)
        {
            // In steps a pixel costs 4 x inputs x channels and 16 channels^2, 64 channels^2 and so on; at once 4^steps x inputs x channels.
            var pays = steps.Count > 1 && 3 * x.Channels <= 4 * channels && (long)x.Channels * channels << (2 * steps.Count) <= MostMergedWeights;
            if (!x.Graph.Form.MergedLayers || !pays) { return steps.Aggregate(x, (map, step) => map.Upsample(step, channels)); }
            using var scope = steps[^1].Enter();
            return x.Upsampled(MergedWeights.UpsampleInSteps([.. steps.Select((step, i) => step.ReadParameter("weight", i == 0 ? x.Channels : channels, channels, 2, 2))])).Named(steps[^1]);
        }

        private Value Upsampled(Value weight, Value? bias = null)
        {
            // By 2, channels last save little time, and take more memory.
            var (photos, channels, factor) = (x.Shape[0], weight.Shape[1], weight.Shape[2]);
            var channelsLast = factor > 2 && photos != Shape.AnyCount && x.Graph.Form.IsLarge(new(photos, channels, factor * x.Shape[2], factor * x.Shape[3]));
            var map = channelsLast ? x.UpsampledChannelsLast(weight) : x.UpsampledByChannel(weight);
            return bias is null ? map : map + bias.Reshape(channels, 1, 1);
        }

        private Value UpsampledByChannel(Value weight)
        {
            // A matrix product that makes each square's pixels as channels, then put in their places: ONNX Runtime's ConvTranspose keeps its input and a buffer of the result's size besides.
            var (photos, factor, height, width) = (x.Shape[0], weight.Shape[2], x.Shape[2], x.Shape[3]);
            var squares = factor * factor * weight.Shape[1];
            var matrix = weight.Reshape(x.Channels, squares).Permute(1, 0);
            return matrix.MatMul(x.Reshape(photos, x.Channels, height * width)).Reshape(photos, squares, height, width).DepthToSpace(factor);
        }

        private Value UpsampledChannelsLast(Value weight)
        {
            // Likewise, but so that a square's row of pixels is one piece of memory; and ONNX Runtime on x64 brings them into its convolutions' layout from there as well.
            var (photos, channels, factor, height, width) = (x.Shape[0], weight.Shape[1], weight.Shape[2], x.Shape[2], x.Shape[3]);
            var matrix = weight.Permute(0, 2, 3, 1).Reshape(x.Channels, factor * factor * channels);
            var pixels = x.Permute(0, 2, 3, 1).Reshape(photos * height * width, x.Channels).MatMul(matrix);
            return pixels.Reshape(photos * height, width, factor, factor * channels).Permute(0, 2, 1, 3).Reshape(photos, height * factor, width * factor, channels).Permute(0, 3, 1, 2);
        }

        /// <summary>Affine map of the last dimension; PyTorch's Linear.</summary>
        public Value Linear(Weights w, int features)
        {
            using var scope = w.Enter();
            var (weight, bias) = (w.ReadTransposed("weight", features, x.Shape[^1]), w.Read("bias", features));
            return (x.Graph.Form switch
            {
                { QuantizedLayers: true } => x.Graph.Emit("DynamicQuantizeMatMul", x.Shape.With(x.Shape.Length - 1, features), [x, weight, x.Graph.Quantize(weight), null, bias]),
                { WeightOnlyBits: > 0 } => x.MatMulBlocks(weight) + bias,
                _ => x.MatMul(weight) + bias,
            }).Named(w);
        }

        // Without its bias, which the operator refuses on CUDA; on the CPU ONNX Runtime fuses the sum by itself (core/optimizer/matmul_nbits_fusion.cc).
        // accuracy_level 0: activations are not rounded. To 8 bits, level 4, they were no faster on x64 with AVX2.
        private Value MatMulBlocks(Parameter weight)
            => x.Graph.Emit("MatMulNBits", x.Shape.With(x.Shape.Length - 1, weight.Shape[1]), [x, weight, x.Graph.QuantizeBlocks(weight)],
                ("K", (long)weight.Shape[0]), ("N", (long)weight.Shape[1]), ("bits", (long)x.Graph.Form.WeightOnlyBits), ("block_size", (long)GraphForm.WeightBlock), ("accuracy_level", 0L));

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

    /// <summary>Adds a branch to what it branched off, and normalises the sum, as <see cref="LayerNorm"/> does.</summary>
    /// <param name="x">What the branch branched off.</param>
    /// <param name="branch">Null where there is none yet.</param>
    /// <param name="w">Where the norm's weights are.</param>
    /// <param name="epsilon">As for <see cref="LayerNorm"/>.</param>
    public static (Value Sum, Value Normalized) AddNorm(Value x, Value? branch, Weights w, float epsilon = 1e-6f)
    {
        if (branch is null) { return (x, x.LayerNorm(w, epsilon)); }
        if (!x.Graph.Form.FusedNorms)
        {
            var sum = x + branch;
            return (sum, sum.LayerNorm(w, epsilon));
        }
        using var scope = w.Enter();
        var outputs = x.Graph.EmitSeveral("SkipLayerNormalization", [x.Shape, null, null, x.Shape], [x, branch, w.Read("weight", x.Shape[^1]), w.Read("bias", x.Shape[^1])], ("epsilon", epsilon));
        return (outputs[3], outputs[0].Named(w));
    }
}
