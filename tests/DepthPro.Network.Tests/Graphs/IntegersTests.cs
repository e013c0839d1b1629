using DepthPro.Network.Graphs;
using DepthPro.Network.Onnx;

namespace DepthPro.Network.Tests.Graphs;

/// <summary>Convolutions of 8-bit integers against a naive twin.</summary>
public sealed class IntegersTests
{
    private const int Height = 7, Width = 5;

    // ONNX Runtime multiplies in place where channels are whole blocks of its kernels, as in the published network, and else copies each pixel's neighbourhood.
    private const int FewChannels = 6, BlockOfChannels = 16;

    [Theory]
    [InlineData(1, FewChannels, false, false)]
    [InlineData(2, FewChannels, false, false)]
    [InlineData(3, FewChannels, true, false)]
    [InlineData(4, FewChannels, true, true)]
    [InlineData(5, BlockOfChannels, false, false)]
    [InlineData(6, BlockOfChannels, true, false)]
    [InlineData(7, BlockOfChannels, true, true)]
    public void A_convolution_is_sums_of_products_of_integers(int seed, int channels, bool signed, bool signedInput)
    {
        var random = new Random(seed);
        float[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => 4 * random.NextSingle() - (signed ? 2 : 1.5f))];
        var (x, weight, bias) = (Random(channels * Height * Width), Random(channels * channels * 9), Random(channels));

        var got = Convolve(x, weight, bias, signed, signedInput);

        var (expected, step) = NaiveConvolution(x, weight, bias, signed, signedInput);
        for (var i = 0; i < expected.Length; i++) { Assert.Equal(expected[i], got[i], 1.01 * step); } // what lies in the middle of two integers may go to either
        Assert.Contains(got, value => value > 10 * step);
        Assert.Equal(signed, got.Any(value => value < -10 * step));
    }

    [Theory]
    [InlineData(FewChannels, 0.5)]
    [InlineData(BlockOfChannels, 1.4)]
    public void Sums_do_not_saturate(int channels, double tolerance)
    {
        float[] x = [.. Enumerable.Repeat(1f, channels * Height * Width)], weight = [.. Enumerable.Repeat(2f, channels * channels * 9)];
        var most = 2f * 9 * channels;

        Assert.Equal(most, Convolve(x, weight, new float[channels], signed: true)[2 * Width + 2], tolerance);
        Assert.Equal(-most, Convolve(x, [.. weight.Select(w => -w)], new float[channels], signed: true)[2 * Width + 2], tolerance);
    }

    [Theory]
    [InlineData(0.01f, 1)]
    [InlineData(0.01f, 100)]
    [InlineData(0, 1)]
    public void A_map_without_positive_values_gives_the_bias(float eachWeight, float times)
    {
        float[] x = [.. Enumerable.Repeat(-3f, FewChannels * Height * Width)], weight = [.. Enumerable.Repeat(eachWeight, FewChannels * FewChannels * 9)], bias = [1, -2, 0.5f, 0, 2, -1];

        var got = Convolve(x, weight, [.. bias.Select(value => times * value)], signed: true);

        for (var i = 0; i < got.Length; i++) { Assert.Equal(times * bias[i / (Height * Width)], got[i], 0.02 * times); }
    }

    [Fact]
    public void The_range_of_a_result_leaves_room_for_the_bias_of_what_convolves_it()
    {
        // The first convolution gives almost nothing, the second adds 100.
        var graph = new Graph("convolutions", GraphForm.Int8);
        var (first, second) = (new IntegerConv(new Weights(graph)["first"], 1, 1, kernel: 3), new IntegerConv(new Weights(graph)["second"], 1, 1, kernel: 3));
        graph.Output("y", second.Apply(first.Apply(Integers.Of(graph.Input("x", 1, 1, Height, Width), signed: false, first), signed: false, second), signed: false).Dequantize());
        var values = new Dictionary<string, float> { ["first.weight"] = 0.01f, ["first.bias"] = 0, ["second.weight"] = 0.01f, ["second.bias"] = 100 };

        var got = GraphRunner.Run(graph, (name, destination) => destination.Fill(values[name]), WeightPrecision.Int8, ("x", [.. Enumerable.Repeat(1f, Height * Width)], [1, 1, Height, Width]))["y"];

        Assert.All(got, value => Assert.Equal(100, value, 1.0));
    }

    [Fact]
    public void A_weight_is_kept_as_integers_alone()
    {
        var graph = new Graph("convolution", GraphForm.Int8);
        var conv = new IntegerConv(new Weights(graph)["layer"], FewChannels, FewChannels, kernel: 3);
        graph.Output("y", conv.Apply(Integers.Of(graph.Input("x", 1, FewChannels, Height, Width), signed: false, conv), signed: false).Dequantize());

        Assert.Equal(["layer.weight", "layer.bias"], graph.Parameters.Select(parameter => parameter.Path));
        Assert.Empty(graph.StoredParameters);
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
        var conv = new IntegerConv(new Weights(graph)["layer"], 1, 1, kernel: 3, hasBias: false);
        graph.Output("y", conv.Apply(Integers.Of(graph.Input("x", 1, 1, Side, Side), signed: false, conv), signed: false).Dequantize());

        var got = GraphRunner.Run(graph, (_, values) => weight.CopyTo(values), WeightPrecision.Int8, ("x", map, [1, 1, Side, Side]))["y"];

        Assert.Equal(1, got[0], 0.05);
        Assert.Equal(2, got[30 * Side + 30], 0.05);
        Assert.Equal(1.2 * 2, got[31 * Side + 50], 0.05);
    }

    private static float[] Convolve(float[] x, float[] weight, float[] bias, bool signed, bool signedInput = false)
    {
        var (graph, channels) = (new Graph("convolution", GraphForm.Int8), bias.Length);
        var conv = new IntegerConv(new Weights(graph)["layer"], channels, channels, kernel: 3);
        graph.Output("y", conv.Apply(Integers.Of(graph.Input("x", 1, channels, Height, Width), signedInput, conv), signed).Dequantize());
        return GraphRunner.Run(graph, (name, values) => (name == "layer.weight" ? weight : bias).CopyTo(values), WeightPrecision.Int8, ("x", x, [1, channels, Height, Width]))["y"];
    }

    private static (float[] Values, float Step) NaiveConvolution(float[] x, float[] weight, float[] bias, bool signed, bool signedInput = false)
    {
        var channels = bias.Length;
        var pixel = bias.Max(Math.Abs) / weight.Max(Math.Abs) / BiasChannels.Count;
        var scale = Math.Max(signedInput ? x.Max(Math.Abs) : x.Max(), pixel) / (signedInput ? 127 : 255);
        var integers = x.Select(value => (int)MathF.Round((signedInput ? value : Math.Max(value, 0)) / scale)).ToArray();
        var result = new float[channels * Height * Width];
        for (var output = 0; output < channels; output++)
        {
            float[] w = weight[(output * channels * 9)..((output + 1) * channels * 9)];
            var biasWeight = bias[output] / pixel / BiasChannels.Count;
            var weightScale = Math.Max(w.Max(Math.Abs), Math.Abs(biasWeight)) / 63;
            for (var at = 0; at < Height * Width; at++)
            {
                var sum = 0;
                foreach (var spread in new[] { -0.375f, -0.125f, 0.125f, 0.375f }) { sum += (int)MathF.Round(pixel / scale + spread) * (int)MathF.Round(biasWeight / weightScale + spread); }
                for (var tap = 0; tap < 9 * channels; tap++)
                {
                    var (channel, row, column) = (tap / 9, at / Width + tap % 9 / 3 - 1, at % Width + tap % 3 - 1);
                    if (row is >= 0 and < Height && column is >= 0 and < Width) { sum += integers[(channel * Height + row) * Width + column] * (int)MathF.Round(w[tap] / weightScale); }
                }
                result[output * Height * Width + at] = sum * scale * weightScale;
            }
        }
        var step = 1.2f * (signed ? result.Max(Math.Abs) / 127 : result.Max() / 255);
        return ([.. result.Select(value => step * MathF.Round((signed ? value : Math.Max(value, 0)) / step))], step);
    }
}
