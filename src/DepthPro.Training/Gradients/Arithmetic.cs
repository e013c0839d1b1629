using DepthPro.Network.Graphs;

namespace DepthPro.Training.Gradients;

/// <summary>The further ONNX operators that losses, gradients and updates are made of. Not thread-safe, as their graph is not.</summary>
public static class Arithmetic
{
    extension(Value x)
    {
        /// <summary>Element-wise difference, broadcast as NumPy does.</summary>
        public static Value operator -(Value left, Value right) => Emit("Sub", left, right);

        /// <summary>Element-wise quotient, broadcast as NumPy does.</summary>
        public static Value operator /(Value left, Value right) => Emit("Div", left, right);

        /// <summary>Every element less a number.</summary>
        public static Value operator -(Value left, float right) => left + -right;

        /// <summary>Every element plus a number.</summary>
        public static Value operator +(Value left, float right) => left + left.Graph.Constant(right);

        /// <summary>|x|.</summary>
        public Value Abs() => Emit("Abs", x);

        /// <summary>-1, 0 or 1.</summary>
        public Value Sign() => Emit("Sign", x);

        /// <summary>The root of x.</summary>
        public Value Sqrt() => Emit("Sqrt", x);

        /// <summary>e to the power of x.</summary>
        public Value Exp() => Emit("Exp", x);

        /// <summary>The error function of x.</summary>
        public Value Erf() => Emit("Erf", x);

        /// <summary>The largest whole number that is not above x.</summary>
        public Value Floor() => Emit("Floor", x);

        /// <summary>x times x.</summary>
        public Value Square() => x * x;

        /// <summary>The larger of each element and a number.</summary>
        public Value AtLeast(float min) => Emit("Max", x, x.Graph.Constant(min));

        /// <summary>The smaller of each element and a number.</summary>
        public Value AtMost(float max) => Emit("Min", x, x.Graph.Constant(max));

        /// <summary>1 where two tensors are equal, else 0.</summary>
        public Value EqualTo(Value y) => AsFloat(Emit("Equal", x, y));

        /// <summary>1 where x is above y, else 0.</summary>
        public Value Above(Value y) => AsFloat(Emit("Greater", x, y));

        /// <summary>1 where x is above a number, else 0.</summary>
        public Value Above(float y) => x.Above(x.Graph.Constant(y));

        /// <summary>x where the mask is not 0, else a number; NaN does not pass where it is not chosen.</summary>
        public Value Where(Value mask, float other)
            => x.Graph.Emit("Where", Value.Broadcast("Where", x, mask), [mask.Cast(ElementType.Bool), x, x.Graph.Constant(other)]);

        /// <summary>Sum along some dimensions, each kept with length 1.</summary>
        public Value Sum(params int[] axes) => x.Reduce("ReduceSum", axes);

        /// <summary>Mean along some dimensions, each kept with length 1.</summary>
        public Value Mean(params int[] axes) => x.Reduce("ReduceMean", axes);

        /// <summary>What broadcasting from <paramref name="shape"/> becomes backwards: the sum along the dimensions it has repeated.</summary>
        public Value SumTo(Shape shape)
        {
            if (x.Shape == shape) { return x; }
            var added = x.Shape.Length - shape.Length;
            int[] repeated = [.. Enumerable.Range(0, x.Shape.Length).Where(axis => axis < added || (shape[axis - added] == 1 && x.Shape[axis] != 1))];
            var sum = repeated.All(axis => x.Shape[axis] == 1) ? x : x.Sum(repeated);
            return sum.Shape == shape ? sum : sum.Reshape(shape.ToArray());
        }

        /// <summary>The <paramref name="count"/> smallest along the last dimension, ascending.</summary>
        public Value Smallest(int count)
        {
            var shape = x.Shape.With(x.Shape.Length - 1, count);
            return x.Graph.EmitSeveral("TopK", [shape, shape], [x, x.Graph.Constant((long)count)], ("axis", -1L), ("largest", 0L), ("sorted", 1L))[0];
        }

        /// <summary>The element of the last dimension at an index computed in the graph, negative ones counting from the end; the index has length 1 there.</summary>
        public Value Pick(Value index)
            => x.Graph.Emit("GatherElements", index.Shape, [x, index.Cast(ElementType.Int64)], ("axis", -1L));

        /// <summary>The last two dimensions exchanged.</summary>
        public Value Transposed()
        {
            var axes = Enumerable.Range(0, x.Shape.Length).ToArray();
            (axes[^1], axes[^2]) = (axes[^2], axes[^1]);
            return x.Permute(axes);
        }

        private Value Reduce(string op, int[] axes)
            => x.Graph.Emit(op, axes.Aggregate(x.Shape, (shape, axis) => shape.With(axis, 1)), [x, x.Graph.Constant([.. axes.Select(a => (long)a)])], ("keepdims", 1L));
    }

    /// <summary>A tensor of numbers known when the graph is built.</summary>
    public static Value Tensor(this Graph graph, float[] values, params int[] shape) => graph.Constant(values).Reshape(shape);

    private static Value Emit(string op, Value x) => x.Graph.Emit(op, x.Shape, [x]);

    private static Value Emit(string op, Value x, Value y) => x.Graph.Emit(op, Value.Broadcast(op, x, y), [x, y]);

    private static Value AsFloat(Value boolean) => boolean.Cast(ElementType.Float32);
}
