using DepthPro.Network.Graphs;
using DepthPro.Network.Onnx;

namespace DepthPro.Network.Tests.Graphs;

/// <summary>Convolutions of 8-bit integers against a naive twin.</summary>
public sealed class IntegersTests
{
    private const int Channels = 6, Height = 7, Width = 5;

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(2, false, false)]
    [InlineData(3, true, false)]
    [InlineData(4, true, true)]
    public void A_convolution_is_sums_of_products_of_integers(int seed, bool signed, bool signedInput)
    {
        var random = new Random(seed);
        float[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => 4 * random.NextSingle() - (signed ? 2 : 1.5f))];
        var (x, weight, bias) = (Random(Channels * Height * Width), Random(Channels * Channels * 9), Random(Channels));

        var got = Convolve(x, weight, bias, signed, signedInput);

        var (expected, step) = NaiveConvolution(x, weight, bias, signed, signedInput);
        for (var i = 0; i < expected.Length; i++) { Assert.Equal(expected[i], got[i], 1.01 * step); } // what lies in the middle of two integers may go to either
        Assert.Contains(got, value => value > 10 * step);
        Assert.Equal(signed, got.Any(value => value < -10 * step));
    }

    [Fact]
    public void Sums_do_not_saturate()
    {
        float[] x = [.. Enumerable.Repeat(1f, Channels * Height * Width)], weight = [.. Enumerable.Repeat(2f, Channels * Channels * 9)];

        var got = Convolve(x, weight, new float[Channels], signed: true);

        Assert.Equal(2f * 9 * Channels, got[2 * Width + 2], 0.5);
        Assert.Equal(-2f * 9 * Channels, Convolve(x, [.. weight.Select(w => -w)], new float[Channels], signed: true)[2 * Width + 2], 0.5);
    }

    [Fact]
    public void A_map_without_positive_values_gives_the_bias()
    {
        float[] x = [.. Enumerable.Repeat(-3f, Channels * Height * Width)], weight = [.. Enumerable.Repeat(0.01f, Channels * Channels * 9)], bias = [1, -2, 0.5f, 0, 2, -1];

        var got = Convolve(x, weight, bias, signed: true);

        for (var i = 0; i < got.Length; i++) { Assert.Equal(bias[i / (Height * Width)], got[i], 0.02); }
    }

    [Fact]
    public void A_range_is_taken_from_a_grid_of_pixels_and_what_is_larger_than_it_by_far_is_cut_off()
    {
        // 96 a side: every third pixel. The identity of one channel, so that the result is the map.
        const int Side = 96;
        var (map, weight) = (Enumerable.Repeat(1f, Side * Side).ToArray(), new float[9]);
        weight[4] = 1;
        map[30 * Side + 30] = 2;  // on the grid
        map[31 * Side + 50] = 10; // beside it
        var graph = new Graph("convolution", GraphForm.Int8);
        graph.Output("y", Integers.Of(graph.Input("x", 1, 1, Side, Side), signed: false).Conv(new Weights(graph)["layer"], 1, kernel: 3, signed: false, hasBias: false).Dequantize());

        var got = GraphRunner.Run(graph, (_, values) => weight.CopyTo(values), WeightPrecision.Int8, ("x", map, [1, 1, Side, Side]))["y"];

        Assert.Equal(1, got[0], 0.05);
        Assert.Equal(2, got[30 * Side + 30], 0.05);
        Assert.Equal(1.2 * 2, got[31 * Side + 50], 0.05);
    }

    private static float[] Convolve(float[] x, float[] weight, float[] bias, bool signed, bool signedInput = false)
    {
        var graph = new Graph("convolution", GraphForm.Int8);
        graph.Output("y", Integers.Of(graph.Input("x", 1, Channels, Height, Width), signedInput).Conv(new Weights(graph)["layer"], Channels, kernel: 3, signed).Dequantize());
        return GraphRunner.Run(graph, (name, values) => (name == "layer.weight" ? weight : bias).CopyTo(values), WeightPrecision.Int8, ("x", x, [1, Channels, Height, Width]))["y"];
    }

    private static (float[] Values, float Step) NaiveConvolution(float[] x, float[] weight, float[] bias, bool signed, bool signedInput = false)
    {
        var scale = signedInput ? x.Max(Math.Abs) / 127 : x.Max() / 255;
        var integers = x.Select(value => (int)MathF.Round((signedInput ? value : Math.Max(value, 0)) / scale)).ToArray();
        var result = new float[Channels * Height * Width];
        for (var output = 0; output < Channels; output++)
        {
            float[] w = weight[(output * Channels * 9)..((output + 1) * Channels * 9)];
            var weightScale = w.Max(Math.Abs) / 63;
            for (var at = 0; at < Height * Width; at++)
            {
                var sum = 0;
                for (var tap = 0; tap < 9 * Channels; tap++)
                {
                    var (channel, row, column) = (tap / 9, at / Width + tap % 9 / 3 - 1, at % Width + tap % 3 - 1);
                    if (row is >= 0 and < Height && column is >= 0 and < Width) { sum += integers[(channel * Height + row) * Width + column] * (int)MathF.Round(w[tap] / weightScale); }
                }
                result[output * Height * Width + at] = sum * scale * weightScale + bias[output];
            }
        }
        var step = 1.2f * (signed ? result.Max(Math.Abs) / 127 : result.Max() / 255);
        return ([.. result.Select(value => step * MathF.Round((signed ? value : Math.Max(value, 0)) / step))], step);
    }
}
