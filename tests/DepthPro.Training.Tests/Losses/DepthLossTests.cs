using DepthPro.Network.Graphs;
using DepthPro.Training.Gradients;
using DepthPro.Training.Tests.Gradients;

namespace DepthPro.Training.Tests.Losses;

/// <summary>Losses as graphs and as numbers, each against the other, and the graphs' gradients against finite differences.</summary>
public sealed class DepthLossTests
{
    private const double Tolerance = 1e-6, FloatTolerance = 1e-5;

    private delegate double Number(DepthLossValue losses);

    private static readonly Dictionary<string, (Func<DepthLossGraph, Value> Graph, Number Number)> Losses = new()
    {
        ["MAE"] = (losses => losses.MeanAbsoluteError(), losses => losses.MeanAbsoluteError()),
        ["MAE, trimmed"] = (losses => losses.MeanAbsoluteError(0.2f), losses => losses.MeanAbsoluteError(0.2f)),
        ["MSE"] = (losses => losses.MeanSquaredError(), losses => losses.MeanSquaredError()),
        ["MAGE"] = (losses => losses.Mage(), losses => losses.Mage()),
        ["MALE"] = (losses => losses.Male(), losses => losses.Male()),
        ["MSGE"] = (losses => losses.Msge(), losses => losses.Msge()),
        ["MAGE, one scale"] = (losses => losses.Mage(1), losses => losses.Mage(1)),
        ["SSI-MAE, trimmed"] = (losses => losses.ScaleAndShiftInvariant().MeanAbsoluteError(0.2f), losses => losses.ScaleAndShiftInvariant().MeanAbsoluteError(0.2f)),
        ["SSI-MAGE"] = (losses => losses.ScaleAndShiftInvariant().Mage(), losses => losses.ScaleAndShiftInvariant().Mage()),
    };

    public static IEnumerable<object[]> Cases =>
        from name in Losses.Keys
        from size in new (int Width, int Height)[] { (13, 10), (16, 16), (3, 5) }
        select new object[] { name, size.Width, size.Height };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Graph_computes_what_the_plain_code_does(string name, int width, int height)
    {
        var photos = new Photos(width, height, count: 3);
        var expected = Enumerable.Range(0, photos.Count).Average(i => Losses[name].Number(photos.LossesOf(i)));
        var (graph, loss, prediction) = Build(name, photos);

        var interpreted = Interpreter.Run(graph, photos.Given(graph))[loss].Scalar;
        graph.Output("loss", loss);
        var run = FloatRunner.Run(graph, photos.Given(graph))["loss"].Single();

        Assert.True(expected > 0.01, $"{name} is {expected}.");
        Assert.Equal(expected, interpreted, FloatTolerance * Math.Max(1, expected));
        Assert.Equal(expected, run, FloatTolerance * Math.Max(1, expected));
        Assert.Equal(photos.Count, prediction.Shape[0]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_agrees_with_finite_differences(string name, int width, int height)
    {
        var photos = new Photos(width, height, count: 2);
        var (graph, loss, prediction) = Build(name, photos);
        var gradient = Differentiation.Gradients(loss, [prediction])[0];
        Assert.NotNull(gradient);
        var given = photos.Given(graph);

        var expected = FiniteDifferences.Of(given, prediction, changed => Interpreter.Run(graph, changed, until: loss)[loss].Scalar);

        FiniteDifferences.AssertClose(expected, Interpreter.Run(graph, given)[gradient].Values, Tolerance, name);
        Assert.Contains(expected, slope => slope != 0);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Photo_without_valid_pixels_has_no_loss_and_no_gradient(string name, int width, int height)
    {
        var photos = new Photos(width, height, count: 1);
        photos.Valid.AsSpan().Clear();
        var (graph, loss, prediction) = Build(name, photos);
        graph.Output("loss", loss);
        graph.Output("gradient", Differentiation.Gradients(loss, [prediction])[0] ?? throw new InvalidOperationException());

        var got = FloatRunner.Run(graph, photos.Given(graph));

        Assert.Equal(0, Losses[name].Number(photos.LossesOf(0)));
        Assert.All(got["loss"].Concat(got["gradient"]), x => Assert.Equal(0, x));
    }

    [Fact]
    public void Slope_and_curvature_are_those_of_the_pixels()
    {
        const int Width = 8;
        float[] Map(Func<int, int, float> f) => [.. Enumerable.Range(0, Width * Width).Select(i => f(i % Width, i / Width))];
        var (flat, all) = (new float[Width * Width], Enumerable.Repeat(true, Width * Width).ToArray());
        var (slope, bowl) = (Map((x, y) => 2 * x - 3 * y), Map((x, y) => x * x + 2 * y * y));

        Assert.Equal(2 + 3, new DepthLossValue(slope, flat, all, Width).Mage(scales: 1), 1e-6);
        Assert.Equal(4 + 9, new DepthLossValue(slope, flat, all, Width).Msge(scales: 1), 1e-6);
        Assert.Equal(0, new DepthLossValue(slope, flat, all, Width).Male(scales: 1), 1e-6);
        Assert.Equal(2 + 4, new DepthLossValue(bowl, flat, all, Width).Male(scales: 1), 1e-6);
    }

    [Fact]
    public void Scale_and_shift_do_not_matter_when_normalised()
    {
        var photos = new Photos(16, 12, count: 1);
        float[] changed = [.. photos.Truth.Select(x => 3 * x + 7)];

        Assert.Equal(0, new DepthLossValue(changed, photos.Truth, photos.Valid, 16).ScaleAndShiftInvariant().MeanAbsoluteError(), 1e-5);
        Assert.Equal(0, new DepthLossValue(changed, photos.Truth, photos.Valid, 16).ScaleAndShiftInvariant().Mage(), 1e-5);
    }

    [Fact]
    public void Trimming_leaves_out_the_largest_errors()
    {
        float[] prediction = [1, 2, 3, 4, 1000];

        Assert.Equal(2.5, new DepthLossValue(prediction, new float[5], [true, true, true, true, true], 5).MeanAbsoluteError(trim: 0.2f));
    }

    [Fact]
    public void Field_of_view_is_squared_degrees_over_what_is_known()
    {
        var graph = new Graph("fov");
        var (prediction, truth, known) = (graph.Input("prediction", 3, 1, 1, 1), graph.Input("truth", 3, 1, 1, 1), graph.Input("known", 3, 1, 1, 1));
        graph.Output("loss", DepthLossGraph.FieldOfView(prediction, truth, known));
        var given = new Dictionary<Value, double[]> { [prediction] = [60, 50, 40], [truth] = [63, double.NaN, 41], [known] = [1, 0, 1] };

        Assert.Equal(5, FloatRunner.Run(graph, given)["loss"].Single());
        Assert.Equal(5, DepthLossValue.FieldOfView([60, 50, 40], [63, float.NaN, 41]));
    }

    [Fact]
    public void Lengths_that_differ_are_told()
        => Assert.Contains("4 pixels, the truth 3, the mask 4", Assert.Throws<ArgumentException>(() => { _ = new DepthLossValue(new float[4], new float[3], new bool[4], 2); }).Message);

    [Fact]
    public void Six_scales_count_or_as_many_as_fit()
    {
        Assert.Equal([1, 1, 2, 3, 6], new[] { 3, 5, 6, 12, 256 }.Select(side => DerivativeFilter.ScalesThatFit(side, 300, DerivativeFilter.Scales)));
    }

    [Fact]
    public void Maps_too_small_for_a_derivative_are_refused()
        => Assert.Contains("2 x 3 pixels", Assert.Throws<ArgumentException>(() => new DepthLossValue(new float[6], new float[6], new bool[6], 2).Mage()).Message);

    private static (Graph Graph, Value Loss, Value Prediction) Build(string name, Photos photos)
    {
        var graph = new Graph(name);
        Value Maps(string input) => graph.Input(input, photos.Count, 1, photos.Height, photos.Width);
        var prediction = Maps("prediction");
        return (graph, Losses[name].Graph(new(prediction, Maps("truth"), Maps("valid"))), prediction);
    }

    /// <summary>Random maps with a quarter of the pixels invalid and NaN there, but a valid square that keeps some derivatives.</summary>
    private sealed class Photos
    {
        public Photos(int width, int height, int count)
        {
            (Width, Height, Count) = (width, height, count);
            var random = new Random(5);
            Prediction = [.. FiniteDifferences.Random(random, count * width * height).Select(x => (float)x)];
            Truth = [.. FiniteDifferences.Random(random, count * width * height).Select(x => (float)x)];
            Valid = [.. Enumerable.Range(0, Truth.Length).Select(i => random.Next(4) > 0 || (i % width < 3 && i / width % height < 3))];
            for (var i = 0; i < Truth.Length; i++) { if (!Valid[i]) { Truth[i] = float.NaN; } }
        }

        public int Width { get; }

        public int Height { get; }

        public int Count { get; }

        public float[] Prediction { get; }

        public float[] Truth { get; }

        public bool[] Valid { get; }

        public DepthLossValue LossesOf(int photo)
        {
            var (start, length) = (photo * Width * Height, Width * Height);
            return new(Prediction.AsSpan(start, length), Truth.AsSpan(start, length), Valid.AsSpan(start, length), Width);
        }

        public Dictionary<Value, double[]> Given(Graph graph) => graph.Inputs.ToDictionary(input => input, input => input.Name switch
        {
            "prediction" => Prediction.Select(x => (double)x).ToArray(),
            "truth" => [.. Truth.Select(x => (double)x)],
            _ => [.. Valid.Select(x => x ? 1.0 : 0)],
        });
    }
}
