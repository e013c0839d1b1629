namespace DepthPro.Network.Graphs;

/// <summary>Weights of one layer that computes what several did. Sums are made in float64 and rounded once. Thread-safe.</summary>
internal static class MergedWeights
{
    /// <summary>A transposed convolution whose kernel is its stride, then a 1x1 convolution: a transposed convolution.</summary>
    /// <param name="up">(inputs, middle, k, k).</param>
    /// <param name="mix">(outputs, middle, 1, 1).</param>
    /// <returns>(inputs, outputs, k, k).</returns>
    public static DerivedParameter UpsampleThenMix(Parameter up, Parameter mix)
    {
        var (inputs, middle, kernel, outputs) = (up.Shape[0], up.Shape[1], up.Shape[2] * up.Shape[3], mix.Shape[0]);
        return up.Graph.Derive($"{up.Path}+{mix.Path}", new(inputs, outputs, up.Shape[2], up.Shape[3]), [up, mix], weights =>
        {
            var (first, second, result) = (weights[0], weights[1], new float[inputs * outputs * kernel]);
            Parallel.For(0, inputs, input =>
            {
                for (var output = 0; output < outputs; output++)
                {
                    for (var pixel = 0; pixel < kernel; pixel++)
                    {
                        var sum = 0.0;
                        for (var m = 0; m < middle; m++) { sum += (double)second[output * middle + m] * first[(input * middle + m) * kernel + pixel]; }
                        result[(input * outputs + output) * kernel + pixel] = (float)sum;
                    }
                }
            });
            return result;
        });
    }

    /// <summary>Transposed convolutions whose kernels are their strides, one after another: one whose kernel is the product of theirs.</summary>
    /// <param name="steps">(inputs, middle, k, k) and so on to (middle, outputs, k, k).</param>
    /// <returns>(inputs, outputs, k x k ..., k x k ...).</returns>
    public static DerivedParameter UpsampleInSteps(IReadOnlyList<Parameter> steps)
    {
        var (inputs, outputs, factor) = (steps[0].Shape[0], steps[^1].Shape[1], steps.Aggregate(1, (product, step) => product * step.Shape[2]));
        return steps[0].Graph.Derive(string.Join('+', steps.Select(step => step.Path)), new(inputs, outputs, factor, factor), steps, weights =>
        {
            var (merged, side) = (Array.ConvertAll(weights[0], value => (double)value), steps[0].Shape[2]);
            for (var i = 1; i < steps.Count; i++)
            {
                merged = UpsampleAgain(merged, inputs, side, weights[i], steps[i].Shape);
                side *= steps[i].Shape[2];
            }
            return Array.ConvertAll(merged, value => (float)value);
        });
    }

    // By a step (inputs, middle, side, side), then one (middle, outputs, k, k).
    private static double[] UpsampleAgain(double[] first, int inputs, int side, float[] second, Shape shape)
    {
        var (middle, outputs, kernel) = (shape[0], shape[1], shape[2]);
        var result = new double[inputs * outputs * side * side * kernel * kernel];
        Parallel.For(0, inputs * side, row => // of an input's squares
        {
            var (input, y) = (row / side, row % side);
            for (var m = 0; m < middle; m++)
            {
                for (var x = 0; x < side; x++)
                {
                    var weight = first[((input * middle + m) * side + y) * side + x];
                    for (var output = 0; output < outputs; output++)
                    {
                        for (var pixel = 0; pixel < kernel * kernel; pixel++)
                        {
                            result[((input * outputs + output) * side * kernel + y * kernel + pixel / kernel) * side * kernel + x * kernel + pixel % kernel] += weight * second[(m * outputs + output) * kernel * kernel + pixel];
                        }
                    }
                }
            }
        });
        return result;
    }

    /// <summary>A transposed convolution of stride and kernel 2, then a 3x3 convolution padded by 1: a 3x3 convolution at the lower resolution, whose outputs are the four pixels of each square.</summary>
    /// <param name="up">(inputs, middle, 2, 2).</param>
    /// <param name="conv">(outputs, middle, 3, 3).</param>
    /// <returns>(outputs x 4, inputs, 3, 3).</returns>
    public static DerivedParameter UpsampleThenConv(Parameter up, Parameter conv)
        => AtLowerResolution($"{up.Path}+{conv.Path}", up, conv, (weights, middle, input, pixel) => weights[(input * conv.Shape[1] + middle) * 4 + pixel]);

    /// <summary>Likewise, of the bias of the transposed convolution: a 3x3 convolution of a map of ones.</summary>
    /// <param name="upBias">(middle).</param>
    /// <param name="conv">(outputs, middle, 3, 3).</param>
    /// <returns>(outputs x 4, 1, 3, 3).</returns>
    public static DerivedParameter BiasThenConv(Parameter upBias, Parameter conv)
        => AtLowerResolution($"{upBias.Path}+{conv.Path}", upBias, conv, (bias, middle, _, _) => bias[middle], inputs: 1);

    private static DerivedParameter AtLowerResolution(string name, Parameter up, Parameter conv, Func<float[], int, int, int, float> upAt, int? inputs = null)
    {
        var (outputs, middle, channels) = (conv.Shape[0], conv.Shape[1], inputs ?? up.Shape[0]);
        return up.Graph.Derive(name, new(4 * outputs, channels, 3, 3), [up, conv], weights =>
        {
            var result = new double[4 * outputs * channels * 9];
            Parallel.For(0, outputs, output =>
            {
                for (var square = 0; square < 4; square++)
                {
                    for (var tap = 0; tap < 9; tap++)
                    {
                        // The tap's pixel, at twice the resolution: which pixel of the coarse map it is of, and where in its square.
                        var (y, x) = (square / 2 + tap / 3 - 1, square % 2 + tap % 3 - 1);
                        var (coarse, pixel) = (((y >> 1) + 1) * 3 + (x >> 1) + 1, (y & 1) * 2 + (x & 1));
                        for (var m = 0; m < middle; m++)
                        {
                            double weight = weights[1][(output * middle + m) * 9 + tap];
                            for (var input = 0; input < channels; input++) { result[((output * 4 + square) * channels + input) * 9 + coarse] += weight * upAt(weights[0], m, input, pixel); }
                        }
                    }
                }
            });
            return Array.ConvertAll(result, value => (float)value);
        });
    }

    /// <summary>A 1x1 convolution, then a square one: a square one.</summary>
    /// <param name="mix">(middle, inputs, 1, 1).</param>
    /// <param name="conv">(outputs, middle, k, k).</param>
    /// <returns>(outputs, inputs, k, k).</returns>
    public static DerivedParameter MixThenConv(Parameter mix, Parameter conv)
        => AtSameResolution($"{mix.Path}+{conv.Path}", mix, conv, inputs: mix.Shape[1]);

    /// <summary>Likewise, of the bias of the 1x1 convolution: a square convolution of a map of ones.</summary>
    /// <param name="mixBias">(middle).</param>
    /// <param name="conv">(outputs, middle, k, k).</param>
    /// <returns>(outputs, 1, k, k).</returns>
    public static DerivedParameter MixBiasThenConv(Parameter mixBias, Parameter conv)
        => AtSameResolution($"{mixBias.Path}+{conv.Path}", mixBias, conv, inputs: 1);

    // The mix is a matrix (middle, inputs).
    private static DerivedParameter AtSameResolution(string name, Parameter mix, Parameter conv, int inputs)
    {
        var (outputs, middle, taps) = (conv.Shape[0], conv.Shape[1], conv.Shape[2] * conv.Shape[3]);
        return mix.Graph.Derive(name, conv.Shape.With(1, inputs), [mix, conv], weights =>
        {
            var result = new float[outputs * inputs * taps];
            Parallel.For(0, outputs, output =>
            {
                var sums = new double[inputs * taps];
                for (var m = 0; m < middle; m++)
                {
                    for (var input = 0; input < inputs; input++)
                    {
                        double weight = weights[0][m * inputs + input];
                        for (var tap = 0; tap < taps; tap++) { sums[input * taps + tap] += weight * weights[1][(output * middle + m) * taps + tap]; }
                    }
                }
                for (var i = 0; i < sums.Length; i++) { result[output * sums.Length + i] = (float)sums[i]; }
            });
            return result;
        });
    }

    /// <summary>A value for each of the four pixels of a square.</summary>
    public static DerivedParameter ForEachPixel(Parameter bias)
        => bias.Graph.Derive($"{bias.Path}x4", new(4 * bias.Shape[0]), [bias], values => [.. values[0].SelectMany(value => Enumerable.Repeat(value, 4))]);

    /// <summary>A 1x1 convolution, for each of the four pixels of a square.</summary>
    /// <param name="weight">(outputs, inputs, 1, 1).</param>
    /// <returns>(outputs x 4, inputs x 4, 1, 1).</returns>
    public static DerivedParameter ForEachPixelAlone(Parameter weight)
    {
        var (outputs, inputs) = (weight.Shape[0], weight.Shape[1]);
        return weight.Graph.Derive($"{weight.Path}x4", new(4 * outputs, 4 * inputs, 1, 1), [weight], values =>
        {
            var result = new float[16 * outputs * inputs];
            for (var output = 0; output < outputs; output++)
            {
                for (var input = 0; input < inputs; input++)
                {
                    for (var pixel = 0; pixel < 4; pixel++) { result[(output * 4 + pixel) * 4 * inputs + input * 4 + pixel] = values[0][output * inputs + input]; }
                }
            }
            return result;
        });
    }
}
