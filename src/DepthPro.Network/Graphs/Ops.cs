namespace DepthPro.Network.Graphs;

/// <summary>Operations without weights: standard ONNX operators with their shapes inferred. Not thread-safe, as its graph is not.</summary>
public static class Ops
{
    extension(Value x)
    {
        /// <summary>max(x, 0), or with a leak, x times that below 0.</summary>
        public Value Relu(float leak = 0)
            => leak == 0 ? x.Graph.Emit("Relu", x.Shape, [x]) : x.Graph.Emit("LeakyRelu", x.Shape, [x], ("alpha", leak));

        /// <summary>x times the normal distribution's cumulative probability of x (the exact form, by erf).</summary>
        public Value Gelu() => x.Graph.Emit("Gelu", x.Shape, [x], ("approximate", "none"));

        /// <summary>Exponentials along the last dimension, scaled to sum to 1.</summary>
        public Value Softmax() => x.Graph.Emit("Softmax", x.Shape, [x], ("axis", -1L));

        /// <summary>Repeated to a shape, as broadcasting does.</summary>
        public Value Expand(Shape shape) => x.Shape == shape ? x : x.Graph.Emit("Expand", shape, [x, x.Graph.Constant([.. shape.ToArray().Select(d => (long)d)])]);

        /// <summary>1 / x.</summary>
        public Value Reciprocal() => x.Graph.Emit("Reciprocal", x.Shape, [x]);

        /// <summary>The tangent of x radians; from sine and cosine, as ONNX Runtime has no Tan on CUDA.</summary>
        public Value Tan() => x.Graph.Emit("Sin", x.Shape, [x]) * x.Graph.Emit("Cos", x.Shape, [x]).Reciprocal();

        /// <summary>The same numbers as another type.</summary>
        internal Value Cast(ElementType type) => x.Graph.Emit("Cast", x.Shape, [x], ("to", (long)type));

        /// <summary>x limited to a range.</summary>
        public Value Clamp(float min, float max)
            => x.Graph.Emit("Min", x.Shape, [x.Graph.Emit("Max", x.Shape, [x, x.Graph.Constant(min)]), x.Graph.Constant(max)]);

        /// <summary>Bilinear shrinking of (N, C, H, W) by a whole number, without antialias; pixel centres at one half.</summary>
        public Value Shrink(int factor)
            => x.Graph.Emit("Resize", new(x.Shape[0], x.Shape[1], x.Shape[2] / factor, x.Shape[3] / factor),
                [x, null, x.Graph.Constant(1f, 1f, 1f / factor, 1f / factor)], ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel"));

        /// <summary>Channels of (N, C, H, W) put side by side: each <paramref name="factor"/> squared of them become a square of pixels.</summary>
        public Value DepthToSpace(int factor)
            => x.Graph.Emit("DepthToSpace", new(x.Shape[0], x.Channels / (factor * factor), factor * x.Shape[2], factor * x.Shape[3]), [x], ("blocksize", (long)factor), ("mode", "CRD"));

        /// <summary>Matrix product over the last two dimensions; a matrix is multiplied with each of a batch.</summary>
        public Value MatMul(Value y) => x.Shape[^1] == y.Shape[^2]
            ? x.Graph.Emit("MatMul", new([.. (x.Shape.Length < y.Shape.Length ? y : x).Shape[..^2].ToArray(), x.Shape[^2], y.Shape[^1]]), [x, y])
            : throw new ArgumentException($"MatMul: {x} and {y} do not chain.");

        /// <summary>The same elements in another shape.</summary>
        public Value Reshape(params int[] shape)
        {
            Shape target = shape;
            return target.Count == x.Shape.Count
                ? x.Graph.Emit("Reshape", target, [x, x.Graph.Constant([.. shape.Select(d => (long)d)])])
                : throw new ArgumentException($"Reshape: {x} does not hold {target}.");
        }

        /// <summary>Dimensions in another order.</summary>
        public Value Permute(params int[] axes)
            => x.Graph.Emit("Transpose", axes.Select(a => x.Shape[a]).ToArray(), [x], ("perm", axes.Select(a => (long)a).ToArray()));

        /// <summary>Zeros put before and after a dimension.</summary>
        public Value Pad(int axis, int before = 0, int after = 0)
        {
            var pads = new long[2 * x.Shape.Length];
            (pads[axis], pads[x.Shape.Length + axis]) = (before, after);
            return x.Graph.Emit("Pad", x.Shape.With(axis, x.Shape[axis] + before + after), [x, x.Graph.Constant(pads)], ("mode", "constant"));
        }

        /// <summary>A range of one dimension.</summary>
        public Value Slice(int axis, Range range) => x.Slice((axis, range));

        /// <summary>A rectangle of (N, C, H, W).</summary>
        public Value Crop(Range rows, Range columns) => x.Slice((2, rows), (3, columns));

        /// <summary>A dimension cut into equal parts.</summary>
        /// <exception cref="ArgumentException">It does not divide.</exception>
        public IReadOnlyList<Value> Split(int axis, int parts) => x.Shape[axis] % parts != 0
            ? throw new ArgumentException($"Split: dimension {axis} of {x} does not divide into {parts} equal parts.")
            : x.Graph.EmitSeveral("Split", [.. Enumerable.Repeat(x.Shape.With(axis, x.Shape[axis] / parts), parts)], [x], ("axis", (long)axis), ("num_outputs", (long)parts));

        private Value Slice(params (int Axis, Range Range)[] cuts)
        {
            var spans = cuts.Select(c => (c.Axis, Span: c.Range.GetOffsetAndLength(x.Shape[c.Axis])))
                .Where(c => c.Span.Length != x.Shape[c.Axis]).ToArray();
            if (spans.Length == 0) { return x; }
            var shape = spans.Aggregate(x.Shape, (s, cut) => s.With(cut.Axis, cut.Span.Length));
            Value Indices(Func<(int Axis, (int Offset, int Length) Span), long> pick) => x.Graph.Constant([.. spans.Select(pick)]);
            return x.Graph.Emit("Slice", shape, [x, Indices(s => s.Span.Offset), Indices(s => s.Span.Offset + s.Span.Length), Indices(s => s.Axis)]);
        }
    }

    /// <summary>softmax(Q K^T / sqrt(size)) V for each head, of Q, K and V (N, tokens, heads x size), as one operator of ONNX Runtime.</summary>
    public static Value MultiHeadAttention(Value query, Value key, Value value, int heads)
        => query.Graph.Emit("MultiHeadAttention", query.Shape, [query, key, value], ("num_heads", (long)heads));

    /// <summary>Tensors one after another along a dimension.</summary>
    public static Value Concat(int axis, params IReadOnlyList<Value> parts)
        => parts.Count == 1
            ? parts[0]
            : parts[0].Graph.Emit("Concat", parts[0].Shape.With(axis, parts.Sum(p => p.Shape[axis])), parts, ("axis", (long)axis));
}
