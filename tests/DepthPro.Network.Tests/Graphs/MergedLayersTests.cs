using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;

namespace DepthPro.Network.Tests.Graphs;

/// <summary>Layers that became one compute what they did one by one, at the borders, too.</summary>
public sealed class MergedLayersTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 3, 5)]
    [InlineData(3, 6, 4)]
    public void Upsampling_and_the_convolution_after_it_are_one_layer(int seed, int height, int width)
        => AssertSame(seed, [2, 8, height, width], (x, w) => x.UpsampleThenMix(w["up"], w["mix"], 8));

    [Theory]
    [InlineData(1, 1, 1, 4, true)]
    [InlineData(2, 3, 5, 4, false)]
    [InlineData(3, 2, 4, 3, true)]
    [InlineData(4, 1, 2, 8, false)]
    public void Upsampling_with_channels_last_gives_what_it_gives_by_channel(int seed, int height, int width, int factor, bool bias)
        => AssertSame(seed, [2, 8, height, width], (x, w) => x.Upsample(w["up"], 5, factor, bias));

    [Theory]
    [InlineData(2, 4, 4 * 2 * 5 * 12 * 12, false)]
    [InlineData(2, 4, 4 * 2 * 5 * 12 * 12 + 1, true)]
    [InlineData(2, 2, 0, true)]
    [InlineData(Shape.AnyCount, 4, 0, true)]
    public void Channels_are_last_of_large_maps_of_a_known_number_of_photos_upsampled_by_more_than_2(int photos, int factor, long pairedRowsBytes, bool depthToSpace)
    {
        var graph = new Graph("up", new() { PairedRowsBytes = pairedRowsBytes });

        graph.Input("x", photos, 8, 3, 3).Upsample(new Weights(graph)["up"], 5, factor);

        Assert.Equal(depthToSpace, graph.Nodes.Any(node => node.Op == "DepthToSpace"));
    }

    [Theory]
    [InlineData(1, 1, 4, 1)]
    [InlineData(2, 2, 4, 1)]
    [InlineData(3, 3, 4, 1)]
    [InlineData(4, 3, 3, 3)]
    public void Upsampling_in_steps_is_one_layer_where_that_is_fewer_products(int seed, int steps, int channels, int layers)
    {
        Value InSteps(Value x, Weights w) => x.UpsampleInSteps([.. Enumerable.Range(0, steps).Select(i => w[i])], channels);

        AssertSame(seed, [2, 5, 3, 2], InSteps);
        var graph = new Graph("steps", GraphForm.Portable);
        InSteps(graph.Input("x", 2, 5, 3, 2), new(graph));
        Assert.Equal(layers, graph.Nodes.Count(node => node.Op == "DepthToSpace"));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 3)]
    [InlineData(3, 7, 4)]
    [InlineData(4, 5, 5)]
    public void The_decoders_last_layer_and_the_head_are_the_same_merged(int seed, int height, int width)
        => AssertSame(seed, [2, 12, height, width], Head);

    [Fact]
    public void The_head_of_a_map_of_zeros_is_the_same_merged()
        => AssertSame(seed: 5, [1, 12, 4, 4], Head, scale: 0);

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(2, 4, 5)]
    [InlineData(3, 10, 3)]
    public void A_convolution_of_two_rows_at_a_time_gives_what_it_gives_row_by_row(int seed, int height, int width)
        => AssertSame(seed, [2, 6, height, width], (x, w) => x.Graph.Form.MergedLayers
            ? RowPair.Of(x).Conv(w[0], 7).Relu().Conv(w[1], 4).Interleave()
            : x.Conv(w[0], 7, kernel: 3, padding: 1).Relu().Conv(w[1], 4, kernel: 3, padding: 1));

    [Theory]
    [InlineData(4, 0, true)]
    [InlineData(4, 4 * 6 * 4 * 5, true)]
    [InlineData(4, 4 * 6 * 4 * 5 + 1, false)]
    [InlineData(5, 0, false)]
    public void Rows_are_in_pairs_where_their_number_is_even_and_the_map_is_large_enough(int height, long pairedRowsBytes, bool expected)
        => Assert.Equal(expected, RowPair.Pays(new Graph("pairs", new() { PairedRowsBytes = pairedRowsBytes }).Input("x", 1, 6, height, 5)));

    [Fact]
    public void A_map_becomes_its_even_and_odd_rows_and_is_put_together_again()
    {
        float[] x = [.. Enumerable.Range(0, 24).Select(i => (float)i)];
        var graph = new Graph("rows");
        var rows = RowPair.Of(graph.Input("x", 1, 2, 4, 3));
        graph.Output("even", rows.Even);
        graph.Output("odd", rows.Odd);
        graph.Output("x_again", rows.Interleave());

        var got = GraphRunner.Run(graph, RandomWeights, ("x", x, [1, 2, 4, 3]));

        Assert.Equal([0, 1, 2, 6, 7, 8, 12, 13, 14, 18, 19, 20], got["even"]);
        Assert.Equal([3, 4, 5, 9, 10, 11, 15, 16, 17, 21, 22, 23], got["odd"]);
        Assert.Equal(x, got["x_again"]);
    }

    [Theory]
    [InlineData(2, 2, long.MaxValue)]
    [InlineData(3, 3, long.MaxValue)]
    [InlineData(2, 2, 0)]
    [InlineData(3, 3, 0)]
    public void Strips_need_what_their_neighbours_hold(int upsampling, int strips, long pairedRowsBytes)
    {
        var config = new NetworkConfig { DecoderWidth = 8, EncoderDims = [4, 8, 8, 8], HeadWidths = [4, 1], Upsampling = upsampling, Vit = new() { ImageSize = 48, PatchSize = 16 } };
        var side = 4 * config.Vit.Grid; // 12
        float[] Run(GraphForm form)
        {
            var graph = new Graph("strips", form);
            var (fused, latent0) = (graph.Input("fused", 1, 8, side << (upsampling - 1), side << (upsampling - 1)), graph.Input("latent0", 1, 6, side, side));
            graph.Output("y", FinestMap.Estimate(fused, latent0, new(graph), config, leak: 0));
            float[] Values(Value input) => [.. Enumerable.Range(0, (int)input.Shape.Count).Select(i => MathF.Sin(i * 0.7f) + 0.2f)];
            return GraphRunner.Run(graph, RandomWeights, ("fused", Values(fused), fused.Shape.ToArray()), ("latent0", Values(latent0), latent0.Shape.ToArray()))["y"];
        }
        var bytes = sizeof(float) * config.DecoderWidth * side * side << (2 * upsampling);
        var (plain, cut) = (Run(GraphForm.Plain), Run(GraphForm.OnnxRuntime with { LargestMapBytes = bytes / strips, PairedRowsBytes = pairedRowsBytes }));

        var scale = plain.Max();
        Assert.True(scale > 0);
        for (var i = 0; i < plain.Length; i++) { Assert.Equal(plain[i] / scale, cut[i] / scale, 1e-5); }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_sum_and_its_norm_are_one_operation(int seed)
        => AssertSame(seed, [3, 7, 16], (x, w) =>
        {
            var (sum, normalized) = Layers.AddNorm(x, x.Linear(w["branch"], 16), w["norm"]);
            return sum + normalized * 2;
        });

    private static Value Head(Value x, Weights w)
    {
        var config = new NetworkConfig { DecoderWidth = 12, HeadWidths = [5, 1] };
        return x.Graph.Form.MergedLayers
            ? MergedHead.Estimate(x, w["mix"], w["head"], config)
            : DepthHead.Estimate(x.Conv(w["mix"], config.DecoderWidth, kernel: 1), w["head"], config);
    }

    private static void AssertSame(int seed, int[] shape, Func<Value, Weights, Value> layers, float scale = 1)
    {
        var random = new Random(seed);
        float[] x = [.. Enumerable.Range(0, (int)new Shape(shape).Count).Select(_ => scale * (2 * random.NextSingle() - 1))];
        float[] Run(GraphForm form)
        {
            var graph = new Graph("layers", form);
            graph.Output("y", layers(graph.Input("x", shape), new(graph)));
            return GraphRunner.Run(graph, RandomWeights, ("x", x, shape))["y"];
        }
        var plain = Run(GraphForm.Plain);
        Assert.Contains(plain, value => value != 0);
        foreach (var form in new[] { GraphForm.OnnxRuntime, Forms.Named(Forms.PairedRows) })
        {
            var merged = Run(form);
            Assert.Equal(plain.Length, merged.Length);
            for (var i = 0; i < plain.Length; i++) { Assert.Equal(plain[i], merged[i], 2e-5); }
        }
    }

    // By name, so that every form has the same; biases as large as what they are added to.
    private static void RandomWeights(string name, Span<float> values)
    {
        var random = new Random(name.Aggregate(17, (hash, letter) => unchecked(hash * 31 + letter)));
        for (var i = 0; i < values.Length; i++) { values[i] = random.NextSingle() - 0.4f; }
    }
}
