using System.Globalization;

namespace DepthPro.Network.Graphs;

/// <summary>A map (N, C, H, W) as its even and its odd rows, each (N, C, H / 2, W): so a 3x3 convolution takes two thirds of the products. Not thread-safe, as its graph is not.</summary>
/// <param name="Even">Rows 0, 2, 4 and so on.</param>
/// <param name="Odd">Rows 1, 3, 5 and so on.</param>
/// <remarks>Source: Winograd's minimal filtering F(2, 3), over rows (arXiv:1509.09308, equation 5). Rows are taken apart and subtracted by convolutions of each channel by itself, which ONNX Runtime on x64 computes in the layout of its other convolutions.</remarks>
internal sealed record RowPair(Value Even, Value Odd)
{
    /// <summary>Row by row.</summary>
    public static RowPair operator +(RowPair left, RowPair right) => new(left.Even + right.Even, left.Odd + right.Odd);

    /// <summary>The rows of a map, of which there is an even number.</summary>
    public static RowPair Of(Value x) => new(ByChannel(x, (0, 0), [1], stride: 2), ByChannel(x, (0, 0), [0, 1], stride: 2));

    /// <summary>Whether a map has such rows, and is so large that it pays.</summary>
    public static bool Pays(Value x) => x.Shape[2] % 2 == 0 && x.Graph.Form.IsLarge(x.Shape);

    /// <summary>The map.</summary>
    public Value Interleave()
    {
        var (photos, channels, pairs, width) = (Even.Shape[0], Even.Channels, Even.Shape[2], Even.Shape[3]);
        return Ops.Concat(3, Even.Reshape(photos, channels, pairs, 1, width), Odd.Reshape(photos, channels, pairs, 1, width)).Reshape(photos, channels, 2 * pairs, width);
    }

    /// <summary>max(x, 0).</summary>
    public RowPair Relu() => new(Even.Relu(), Odd.Relu());

    /// <summary>3x3 convolution, padded by 1.</summary>
    /// <param name="w">Where the weights are.</param>
    /// <param name="channels">Of the result.</param>
    public RowPair Conv(Weights w, int channels)
    {
        using var scope = w.Enter();
        var (weight, bias) = (w.ReadParameter("weight", channels, Even.Channels, 3, 3), w.ReadParameter("bias", channels));

        // Two rows depend on four: d0 to d3, of which d1 and d3 are even, and d0 and d2 are odd.
        var odd = ByChannel(Odd, (1, 0), [1, -1]);            // d0 - d2
        var sum = Even + Odd;                                 // d1 + d2
        var difference = ByChannel(Even, (0, 0), [-1]) + Odd; // d2 - d1
        var even = ByChannel(Even, (0, 1), [-1, 1]);          // d3 - d1

        var m0 = Rows(odd, Kernel(weight, 1, 0, 0), bias);
        var m1 = Rows(sum, Kernel(weight, 0.5, 0.5, 0.5), null);
        var m2 = Rows(difference, Kernel(weight, 0.5, -0.5, 0.5), null);
        var m3 = Rows(even, Kernel(weight, 0, 0, 1), bias);
        return new(m0 + (m1 + m2), m3 + (ByChannel(m2, (0, 0), [-1]) + m1));
    }

    // The kernel's rows, each times a factor, as one: (channels, C, 3, 3) to (channels, C, 1, 3).
    private static DerivedParameter Kernel(Parameter weight, params IReadOnlyList<double> factors)
        => weight.Graph.Derive(string.Create(CultureInfo.InvariantCulture, $"{weight.Path}.rows[{factors[0]},{factors[1]},{factors[2]}]"), weight.Shape.With(2, 1), [weight], values =>
        {
            var result = new float[values[0].Length / 3];
            for (var i = 0; i < result.Length; i++)
            {
                var first = i / 3 * 9 + i % 3;
                result[i] = (float)(factors[0] * values[0][first] + factors[1] * values[0][first + 3] + factors[2] * values[0][first + 6]);
            }
            return result;
        });

    // Taps on rows one below the other, the same in each channel.
    private static Value ByChannel(Value x, (int Above, int Below) padding, float[] taps, int stride = 1)
        => x.Convolve(x.Graph.Constant(taps).Reshape(1, 1, taps.Length, 1).Expand(new(x.Channels, 1, taps.Length, 1)), bias: null, (stride, 1), padding, (0, 0));

    // Each row by itself.
    private static Value Rows(Value x, DerivedParameter weight, Value? bias) => x.Convolve(weight, bias, (1, 1), (0, 0), (1, 1));
}
