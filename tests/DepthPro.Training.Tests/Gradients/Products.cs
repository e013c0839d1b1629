using System.Numerics.Tensors;

namespace DepthPro.Training.Tests.Gradients;

/// <summary>The operators that are sums of products.</summary>
internal static class Products
{
    public static Tensor MatMul(Tensor x, Tensor y)
    {
        var (rows, inner, columns) = (x.Shape[^2], x.Shape[^1], y.Shape[^1]);
        int[] batch = x.Rank >= y.Rank ? x.Shape[..^2] : y.Shape[..^2];
        var (count, result) = (Tensor.Count(batch), new double[Tensor.Count(batch) * rows * columns]);
        var (xCount, yCount) = (Tensor.Count(x.Shape[..^2]), Tensor.Count(y.Shape[..^2]));
        Parallel.For(0, count * rows, at =>
        {
            var (n, row) = Math.DivRem(at, rows);
            var (from, other) = ((n % xCount * rows + row) * inner, n % yCount * inner * columns);
            for (var k = 0; k < inner; k++)
            {
                var sum = result.AsSpan(at * columns, columns);
                TensorPrimitives.MultiplyAdd(y.Values.AsSpan(other + k * columns, columns), x.Values[from + k], sum, sum);
            }
        });
        return new([.. batch, rows, columns], result);
    }

    public static Tensor Conv(Call c)
    {
        var (x, w, bias) = (c.X, c[1], c.Inputs.Length > 2 ? c[2] : null);
        var (stride, pad, kernel) = ((int)c.Attribute<long[]>("strides", [1])[0], (int)c.Attribute<long[]>("pads", [0])[0], w.Shape[2]);
        var shape = c.Node.Output.Shape.ToArray();
        var (inner, height, width) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        var result = new double[Tensor.Count(shape)];
        Parallel.For(0, shape[0] * shape[1], plane =>
        {
            var (n, o) = Math.DivRem(plane, shape[1]);
            var map = result.AsSpan(plane * shape[2] * shape[3], shape[2] * shape[3]);
            map.Fill(bias?.Values[o] ?? 0);
            foreach (var (i, row, column) in Kernel(inner, kernel))
            {
                var weight = w.Values[((o * inner + i) * kernel + row) * kernel + column];
                var (left, right) = (Math.Max(Over(pad - column, stride), 0), Math.Min(Over(width + pad - column, stride), shape[3]));
                for (var y = 0; y < shape[2]; y++)
                {
                    var fromY = y * stride + row - pad;
                    if (fromY < 0 || fromY >= height || left >= right) { continue; }
                    var line = ((n * inner + i) * height + fromY) * width + column - pad;
                    var to = map.Slice(y * shape[3] + left, right - left);
                    if (stride == 1) { TensorPrimitives.MultiplyAdd(x.Values.AsSpan(line + left, to.Length), weight, to, to); }
                    else { for (var xx = 0; xx < to.Length; xx++) { to[xx] += weight * x.Values[line + (left + xx) * stride]; } }
                }
            }
        });
        return new(shape, result);
    }

    public static Tensor ConvTranspose(Call c)
    {
        var (x, w) = (c.X, c[1]);
        var (stride, pad, kernel) = ((int)c.Attribute<long[]>("strides", [1])[0], (int)c.Attribute<long[]>("pads", [0])[0], w.Shape[2]);
        var extra = c.Attribute<long[]>("output_padding", [0, 0]);
        int Side(int axis) => (x.Shape[axis] - 1) * stride - 2 * pad + kernel + (int)extra[axis - 2];
        int[] shape = [x.Shape[0], w.Shape[1], Side(2), Side(3)];
        var result = new double[Tensor.Count(shape)];
        Tensor.Of(x.Shape, from =>
        {
            foreach (var (o, row, column) in Kernel(shape[1], kernel))
            {
                var (y, xx) = (from[2] * stride + row - pad, from[3] * stride + column - pad);
                if (y < 0 || y >= shape[2] || xx < 0 || xx >= shape[3]) { continue; }
                result[((from[0] * shape[1] + o) * shape[2] + y) * shape[3] + xx] += x.At(from) * w.Values[((from[1] * shape[1] + o) * kernel + row) * kernel + column];
            }
            return 0;
        });
        return new(shape, result);
    }

    // half_pixel: the centre of an output pixel lies at (i + 1/2) / scale - 1/2.
    public static Tensor Bilinear(Call c)
    {
        var scales = c[2].Values;
        return Tensor.Of(c.Node.Output.Shape.ToArray(), index =>
        {
            (int First, int Next, double Part) Tap(int axis)
            {
                var at = Math.Max((index[axis] + 0.5) / scales[axis] - 0.5, 0);
                return ((int)at, Math.Min((int)at + 1, c.X.Shape[axis] - 1), at - (int)at);
            }
            var ((top, bottom, down), (left, right, across)) = (Tap(2), Tap(3));
            double At(int y, int x) => c.X.At([index[0], index[1], y, x]);
            return (1 - down) * ((1 - across) * At(top, left) + across * At(top, right)) + down * ((1 - across) * At(bottom, left) + across * At(bottom, right));
        });
    }

    private static int Over(int x, int y) => (x + y - 1) / y; // rounded up

    private static IEnumerable<(int Channel, int Row, int Column)> Kernel(int channels, int side)
        => from channel in Enumerable.Range(0, channels)
           from row in Enumerable.Range(0, side)
           from column in Enumerable.Range(0, side)
           select (channel, row, column);
}
