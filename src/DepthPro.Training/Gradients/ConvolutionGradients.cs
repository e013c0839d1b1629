using DepthPro.Network.Graphs;
using static DepthPro.Network.Graphs.Ops;

namespace DepthPro.Training.Gradients;

/// <summary>A square convolution's gradients by its map, its kernel and its bias.</summary>
internal static class ConvolutionGradients
{
    public static Value Of(Backward b, int input) => input switch
    {
        0 => ByMap(b),
        1 => ByKernel(b),
        _ => b.Dy.Sum(0, 2, 3).Reshape(b.Dy.Channels),
    };

    // Each output pixel's gradient goes where it came from: with stride 1 a convolution with the kernel turned around.
    private static Value ByMap(Backward b)
    {
        var (kernel, stride, padding) = Sizes(b);
        var w = b[1];
        long[] Square(long n) => [n, n];
        if (stride == 1)
        {
            var turned = kernel == 1 ? w : b.Graph.Emit("Slice", w.Shape, [w, Ints(-1, -1), Ints(long.MinValue, long.MinValue), Ints(2, 3), Ints(-1, -1)]);
            var around = (long)kernel - 1 - padding;
            return b.Graph.Emit("Conv", b.X.Shape, [b.Dy, turned.Permute(1, 0, 2, 3)],
                ("kernel_shape", Square(kernel)), ("strides", Square(1)), ("pads", new[] { around, around, around, around }));
        }
        long Rest(int axis) => b.X.Shape[axis] - ((b.Dy.Shape[axis] - 1) * stride - 2 * padding + kernel);
        return b.Graph.Emit("ConvTranspose", b.X.Shape, [b.Dy, w], ("kernel_shape", Square(kernel)), ("strides", Square(stride)),
            ("pads", new long[] { padding, padding, padding, padding }), ("output_padding", new[] { Rest(2), Rest(3) }));
        Value Ints(params long[] values) => b.Graph.Constant(values);
    }

    // For each pixel of the kernel, the product of the map shifted by it with the output's gradient: small matrix products with long rows, far
    // faster than a convolution whose kernel is as large as the map.
    private static Value ByKernel(Backward b)
    {
        var (kernel, stride, padding) = Sizes(b);
        if (kernel == stride && kernel > 1 && padding == 0) { return ByPatchKernel(b, kernel); }
        var (n, inner, outer) = (b.X.Shape[0], b.X.Channels, b.Dy.Channels);
        var (gradient, shifted) = stride == 1 ? ShiftedRuns(b, kernel, padding) : ShiftedMaps(b, kernel, stride, padding);
        var outerFirst = outer >= inner; // the wider one as the product's rows is faster
        IEnumerable<Value> products =
            from row in Enumerable.Range(0, kernel)
            from column in Enumerable.Range(0, kernel)
            let map = shifted(row, column)
            select outerFirst ? gradient.MatMul(map.Transposed()) : map.MatMul(gradient.Transposed());
        int[] matrix = outerFirst ? [outer, inner] : [inner, outer];
        var pixels = Concat(0, [.. products]);
        if (n > 1) { pixels = pixels.Reshape([kernel * kernel, n, .. matrix]).Sum(1).Reshape([kernel * kernel, .. matrix]); }
        return (outerFirst ? pixels.Permute(1, 2, 0) : pixels.Permute(2, 1, 0)).Reshape(outer, inner, kernel, kernel);
    }

    // With stride 1 a shift in two dimensions is one along the rows laid end to end, if the gradient's rows are as long as the padded map's: zeros
    // at their ends meet what runs over into the next row.
    private static (Value Gradient, Func<int, int, Value> Shifted) ShiftedRuns(Backward b, int kernel, int padding)
    {
        var (n, inner, outer, height) = (b.X.Shape[0], b.X.Channels, b.Dy.Channels, b.Dy.Shape[2]);
        var (width, length) = (b.X.Shape[3] + 2 * padding, height * (b.X.Shape[3] + 2 * padding));
        var map = Padded(b.X, padding, below: kernel > 1 ? 1 : 0);
        var (run, wide) = (map.Reshape(n, inner, map.Shape[2] * width), kernel > 1 ? b.Dy.Pad(3, after: kernel - 1) : b.Dy);
        return (wide.Reshape(n, outer, length), (row, column) => run.Slice(2, (row * width + column)..(row * width + column + length)));
    }

    private static (Value Gradient, Func<int, int, Value> Shifted) ShiftedMaps(Backward b, int kernel, int stride, int padding)
    {
        var (n, inner, outer, height, width) = (b.X.Shape[0], b.X.Channels, b.Dy.Channels, b.Dy.Shape[2], b.Dy.Shape[3]);
        var map = Padded(b.X, padding);
        Value Ints(params long[] values) => b.Graph.Constant(values);
        Value Shifted(int row, int column) => b.Graph.Emit("Slice", new(n, inner, height, width),
            [map, Ints(row, column), Ints(row + (height - 1) * stride + 1, column + (width - 1) * stride + 1), Ints(2, 3), Ints(stride, stride)]).Reshape(n, inner, height * width);
        return (b.Dy.Reshape(n, outer, height * width), Shifted);
    }

    // Squares side by side, as of a vision transformer's first layer: one product of all squares as rows.
    private static Value ByPatchKernel(Backward b, int kernel)
    {
        var (n, inner, outer, height, width) = (b.X.Shape[0], b.X.Channels, b.Dy.Channels, b.Dy.Shape[2], b.Dy.Shape[3]);
        var squares = b.X.Crop(..(height * kernel), ..(width * kernel)).Reshape(n, inner, height, kernel, width, kernel)
            .Permute(0, 2, 4, 1, 3, 5).Reshape(n * height * width, inner * kernel * kernel);
        var gradient = b.Dy.Permute(1, 0, 2, 3).Reshape(outer, n * height * width);
        return gradient.MatMul(squares).Reshape(outer, inner, kernel, kernel);
    }

    private static Value Padded(Value map, int around, int below = 0)
        => around + below == 0 ? map : map.Graph.Emit("Pad", new(map.Shape[0], map.Shape[1], map.Shape[2] + 2 * around + below, map.Shape[3] + 2 * around),
            [map, map.Graph.Constant([0L, 0, around, around, 0, 0, around + below, around])], ("mode", "constant"));

    private static (int Kernel, int Stride, int Padding) Sizes(Backward b)
        => ((int)b.Attribute<long[]>("kernel_shape")[0], (int)b.Attribute<long[]>("strides")[0], (int)b.Attribute<long[]>("pads")[0]);
}
