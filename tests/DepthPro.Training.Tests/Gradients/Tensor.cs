namespace DepthPro.Training.Tests.Gradients;

/// <summary>Numbers in double precision with their dimensions, in C order.</summary>
internal sealed record Tensor(int[] Shape, double[] Values)
{
    public int Rank => Shape.Length;

    public double Scalar => Values.Single();

    public static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (product, d) => product * d);

    /// <summary>Each element computed from its index, which the function must not keep.</summary>
    public static Tensor Of(int[] shape, Func<int[], double> element)
    {
        var values = new double[Count(shape)];
        var index = new int[shape.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = element(index);
            for (var axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) { index[axis] = 0; }
        }
        return new(shape, values);
    }

    /// <summary>The element at an index, of which leading dimensions are dropped and repeated ones ignored, as broadcasting does.</summary>
    public double At(ReadOnlySpan<int> index)
    {
        var offset = 0;
        for (var axis = 0; axis < Rank; axis++) { offset = offset * Shape[axis] + (Shape[axis] == 1 ? 0 : index[index.Length - Rank + axis]); }
        return Values[offset];
    }

    public Tensor Map(Func<double, double> f) => new(Shape, [.. Values.Select(f)]);

    /// <summary>An operation on each pair of elements, broadcast as NumPy does.</summary>
    public Tensor With(Tensor other, Func<double, double, double> f)
    {
        var rank = Math.Max(Rank, other.Rank);
        int Dimension(Tensor t, int axis) => axis < rank - t.Rank ? 1 : t.Shape[axis - rank + t.Rank];
        int[] shape = [.. Enumerable.Range(0, rank).Select(axis => Math.Max(Dimension(this, axis), Dimension(other, axis)))];
        return Shape.SequenceEqual(other.Shape) ? new(Shape, [.. Values.Zip(other.Values, f)]) : Of(shape, index => f(At(index), other.At(index)));
    }

    /// <summary>A function of the elements along some dimensions, which are kept with length 1.</summary>
    public Tensor Reduce(IEnumerable<int> axes, Func<IReadOnlyList<double>, double> f)
    {
        var reduced = axes.ToHashSet();
        int[] shape = [.. Shape.Select((d, axis) => reduced.Contains(axis) ? 1 : d)];
        var groups = new List<double>[Count(shape)];
        Of(Shape, index =>
        {
            var offset = 0;
            for (var axis = 0; axis < Rank; axis++) { offset = offset * shape[axis] + (shape[axis] == 1 ? 0 : index[axis]); }
            (groups[offset] ??= []).Add(At(index));
            return 0;
        });
        return new(shape, [.. groups.Select(group => f(group))]);
    }

    public int Axis(long axis) => (int)(axis < 0 ? axis + Rank : axis);
}
