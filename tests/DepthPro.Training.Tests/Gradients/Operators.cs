using DepthPro.Network.Graphs;

namespace DepthPro.Training.Tests.Gradients;

/// <summary>An operation with its inputs' values.</summary>
internal readonly record struct Call(Node Node, Tensor?[] Inputs)
{
    public Tensor X => this[0];

    public Tensor this[int input] => Inputs[input] ?? throw new InvalidOperationException($"{Node.Op} '{Node.Name}' has no input {input}.");

    public int[] Integers(int input) => [.. this[input].Values.Select(n => (int)Math.Clamp(n, int.MinValue, int.MaxValue))];

    public T Attribute<T>(string name, T fallback) => Node.Attributes.Where(a => a.Name == name).Select(a => (T)a.Value).DefaultIfEmpty(fallback).First();
}

/// <summary>The ONNX operators that network, losses, gradients and updates use.</summary>
internal static class Operators
{
    public static readonly IReadOnlyDictionary<string, Func<Call, Tensor[]>> Of = new Dictionary<string, Func<Call, Tensor[]>>
    {
        ["Add"] = c => [c.X.With(c[1], (x, y) => x + y)],
        ["Sub"] = c => [c.X.With(c[1], (x, y) => x - y)],
        ["Mul"] = c => [c.X.With(c[1], (x, y) => x * y)],
        ["Div"] = c => [c.X.With(c[1], (x, y) => x / y)],
        ["Max"] = c => [c.X.With(c[1], Math.Max)],
        ["Min"] = c => [c.X.With(c[1], Math.Min)],
        ["Equal"] = c => [c.X.With(c[1], (x, y) => x == y ? 1 : 0)],
        ["Greater"] = c => [c.X.With(c[1], (x, y) => x > y ? 1 : 0)],
        ["Where"] = c => [Tensor.Of(c.Node.Output.Shape.ToArray(), index => c[0].At(index) != 0 ? c[1].At(index) : c[2].At(index))],
        ["Cast"] = c => [c.Attribute("to", 0L) == 9 ? c.X.Map(x => x != 0 ? 1 : 0) : c.X],

        ["Abs"] = c => [c.X.Map(Math.Abs)],
        ["Sign"] = c => [c.X.Map(x => Math.Sign(x))],
        ["Floor"] = c => [c.X.Map(Math.Floor)],
        ["Sqrt"] = c => [c.X.Map(Math.Sqrt)],
        ["Exp"] = c => [c.X.Map(Math.Exp)],
        ["Erf"] = c => [c.X.Map(Erf)],
        ["Reciprocal"] = c => [c.X.Map(x => 1 / x)],
        ["Sin"] = c => [c.X.Map(Math.Sin)],
        ["Cos"] = c => [c.X.Map(Math.Cos)],
        ["Relu"] = c => [c.X.Map(x => Math.Max(x, 0))],
        ["HardSigmoid"] = c => [c.X.Map(x => Math.Clamp(x * c.Attribute("alpha", 0.2f) + c.Attribute("beta", 0.5f), 0, 1))],
        ["LeakyRelu"] = c => [c.X.Map(x => x > 0 ? x : x * c.Attribute("alpha", 0.01f))],
        ["Gelu"] = c => [c.X.Map(x => x * 0.5 * (1 + Erf(x / Math.Sqrt(2))))],
        ["Softmax"] = c =>
        {
            var e = c.X.Map(Math.Exp);
            return [e.With(e.Reduce([e.Rank - 1], row => row.Sum()), (x, sum) => x / sum)];
        },
        ["LayerNormalization"] = c =>
        {
            int[] last = [c.X.Rank - 1];
            var mean = c.X.Reduce(last, row => row.Average());
            var centred = c.X.With(mean, (x, m) => x - m);
            var inverse = centred.Reduce(last, row => 1 / Math.Sqrt(row.Average(x => x * x) + c.Attribute("epsilon", 1e-5f)));
            var y = centred.With(inverse, (x, s) => x * s).With(c[1], (x, scale) => x * scale);
            return [c.Inputs.Length > 2 ? y.With(c[2], (x, shift) => x + shift) : y, mean, inverse];
        },

        ["ReduceSum"] = c => [c.X.Reduce(c.Integers(1), Sum)],
        ["ReduceMean"] = c => [c.X.Reduce(c.Integers(1), x => Sum(x) / x.Count)],
        ["GatherElements"] = c => [Tensor.Of(c[1].Shape, index => c.X.At([.. index[..^1], (int)c[1].At(index) + (c[1].At(index) < 0 ? c.X.Shape[^1] : 0)]))],
        ["Expand"] = c => [Tensor.Of(c.Integers(1), index => c.X.At(index))],
        ["TopK"] = c =>
        {
            var (count, length) = (c.Integers(1)[0], c.X.Shape[^1]);
            var rows = c.X.Values.Chunk(length).Select(row => row.Index().OrderBy(x => x.Item).Take(count).ToArray()).ToList();
            int[] shape = [.. c.X.Shape[..^1], count];
            return [new(shape, [.. rows.SelectMany(row => row.Select(x => x.Item))]), new(shape, [.. rows.SelectMany(row => row.Select(x => (double)x.Index))])];
        },

        ["MatMul"] = c => [Products.MatMul(c.X, c[1])],
        ["Conv"] = c => [Products.Conv(c)],
        ["ConvTranspose"] = c => [Products.ConvTranspose(c)],

        ["Reshape"] = c => [new(c.Integers(1), c.X.Values)],
        ["Transpose"] = c =>
        {
            int[] perm = [.. c.Attribute<long[]>("perm", []).Select(axis => (int)axis)];
            return [From(c.X, [.. perm.Select(axis => c.X.Shape[axis])], (to, from) => { for (var i = 0; i < perm.Length; i++) { from[perm[i]] = to[i]; } })];
        },
        ["Concat"] = c =>
        {
            var (axis, parts) = (c.X.Axis(c.Attribute("axis", 0L)), c.Inputs.OfType<Tensor>().ToList());
            return [Tensor.Of(c.Node.Output.Shape.ToArray(), index =>
            {
                int[] at = [.. index];
                var part = 0;
                for (; at[axis] >= parts[part].Shape[axis]; part++) { at[axis] -= parts[part].Shape[axis]; }
                return parts[part].At(at);
            })];
        },
        ["Slice"] = c =>
        {
            var (starts, axes, steps) = (c.Integers(1), c.Integers(3), c.Inputs.Length > 4 ? c.Integers(4) : null);
            return [From(c.X, c.Node.Output.Shape.ToArray(), (to, from) =>
            {
                to.CopyTo(from, 0);
                for (var i = 0; i < axes.Length; i++) { from[axes[i]] = (starts[i] < 0 ? starts[i] + c.X.Shape[axes[i]] : starts[i]) + to[axes[i]] * (steps?[i] ?? 1); }
            })];
        },
        ["Pad"] = c =>
        {
            var (pads, at) = (c.Integers(1), new int[c.X.Rank]);
            return [Tensor.Of(c.Node.Output.Shape.ToArray(), index =>
            {
                for (var axis = 0; axis < at.Length; axis++)
                {
                    at[axis] = index[axis] - pads[axis];
                    if (at[axis] < 0 || at[axis] >= c.X.Shape[axis]) { return 0; }
                }
                return c.X.At(at);
            })];
        },
        ["DepthToSpace"] = c =>
        {
            var block = (int)c.Attribute("blocksize", 0L);
            Assert.Equal("CRD", c.Attribute("mode", "DCR"));
            return [From(c.X, c.Node.Output.Shape.ToArray(), (to, from) =>
                (from[0], from[1], from[2], from[3]) = (to[0], to[1] * block * block + to[2] % block * block + to[3] % block, to[2] / block, to[3] / block))];
        },
        ["Resize"] = c => [Products.Bilinear(c)],
    };

    private static Tensor From(Tensor x, int[] shape, Action<int[], int[]> place)
    {
        var from = new int[x.Rank];
        return Tensor.Of(shape, to =>
        {
            place(to, from);
            return x.At(from);
        });
    }

    private static double Sum(IReadOnlyList<double> x) => Sum(x, 0, x.Count);

    // By halves, whose roundings do not add up: a finite difference is of the last digits of a mean of 65,536 pixels.
    private static double Sum(IReadOnlyList<double> x, int from, int count)
        => count > 1 ? Sum(x, from, count / 2) + Sum(x, from + count / 2, count - count / 2) : count == 1 ? x[from] : 0;

    // exp(-x x) 2 / sqrt(pi) times the sum of 2^n x^(2n+1) / (2n+1)!!, whose terms all have one sign (Abramowitz and Stegun 7.1.6).
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6) { return Math.Sign(x); }
        var (term, sum) = (x, x);
        for (var n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++) { sum += term *= 2 * x * x / (2 * n + 1); }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
