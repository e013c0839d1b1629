using System.Numerics.Tensors;

namespace DepthPro.Training;

/// <summary>The paper's losses (section 3.2) of one photo's map of canonical inverse depth, as numbers; what <see cref="DepthLossGraph"/> computes, by plain code. A photo without valid
/// pixels has loss 0. Not safe while another thread writes the spans.</summary>
public readonly ref struct DepthLossValue
{
    private readonly ReadOnlySpan<float> _prediction, _truth;
    private readonly ReadOnlySpan<bool> _valid;
    private readonly int _width;

    /// <summary>Losses of a predicted map.</summary>
    /// <param name="prediction">H x W, row by row, finite.</param>
    /// <param name="truth">Likewise; what is invalid may be anything, NaN included.</param>
    /// <param name="valid">Likewise: whether a pixel counts.</param>
    /// <param name="width">W.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of the width.</exception>
    public DepthLossValue(ReadOnlySpan<float> prediction, ReadOnlySpan<float> truth, ReadOnlySpan<bool> valid, int width)
    {
        if (truth.Length != prediction.Length || valid.Length != prediction.Length || width <= 0 || prediction.Length % width != 0)
        {
            throw new ArgumentException($"The prediction has {prediction.Length} pixels, the truth {truth.Length}, the mask {valid.Length}; expected as many of each, in rows of {width}.");
        }
        _prediction = prediction;
        _truth = truth;
        _valid = valid;
        _width = width;
    }

    /// <inheritdoc cref="DepthLossGraph.MeanAbsoluteError"/>
    public double MeanAbsoluteError(float trim = 0)
    {
        var errors = new List<float>();
        for (var i = 0; i < _valid.Length; i++) { if (_valid[i]) { errors.Add(MathF.Abs(_prediction[i] - _truth[i])); } }
        if (errors.Count == 0) { return 0; }
        errors.Sort();
        var largest = errors[errors.Count - (int)MathF.Floor(errors.Count * trim) - 1];
        return errors.Where(error => error <= largest).Average(error => (double)error);
    }

    /// <inheritdoc cref="DepthLossGraph.MeanSquaredError"/>
    public double MeanSquaredError()
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < _valid.Length; i++)
        {
            if (!_valid[i]) { continue; }
            sum += ((double)_prediction[i] - _truth[i]) * ((double)_prediction[i] - _truth[i]);
            count++;
        }
        return sum / Math.Max(count, 1);
    }

    /// <inheritdoc cref="DepthLossGraph.Mage"/>
    public double Mage(int scales = DerivativeFilter.Scales) => OverScales(DerivativeFilter.Scharr, Math.Abs, scales);

    /// <inheritdoc cref="DepthLossGraph.Male"/>
    public double Male(int scales = DerivativeFilter.Scales) => OverScales(DerivativeFilter.Laplace, Math.Abs, scales);

    /// <inheritdoc cref="DepthLossGraph.Msge"/>
    public double Msge(int scales = DerivativeFilter.Scales) => OverScales(DerivativeFilter.Scharr, x => x * x, scales);

    /// <inheritdoc cref="DepthLossGraph.ScaleAndShiftInvariant"/>
    public DepthLossValue ScaleAndShiftInvariant() => new(Normalized(_prediction, _valid), Normalized(_truth, _valid), _valid, _width);

    /// <inheritdoc cref="DepthLossGraph.FieldOfView"/>
    /// <param name="predictionDegrees">One for each photo.</param>
    /// <param name="truthDegrees">Likewise; NaN where it is unknown.</param>
    public static double FieldOfView(ReadOnlySpan<float> predictionDegrees, ReadOnlySpan<float> truthDegrees)
    {
        var (sum, known) = (0.0, 0);
        for (var i = 0; i < truthDegrees.Length; i++)
        {
            if (float.IsNaN(truthDegrees[i])) { continue; }
            sum += Math.Pow((double)predictionDegrees[i] - truthDegrees[i], 2);
            known++;
        }
        return sum / Math.Max(known, 1);
    }

    private static float[] Normalized(ReadOnlySpan<float> map, ReadOnlySpan<bool> valid)
    {
        var values = new List<float>();
        for (var i = 0; i < map.Length; i++) { if (valid[i]) { values.Add(map[i]); } }
        if (values.Count == 0) { return new float[map.Length]; }
        values.Sort();
        var median = values[(values.Count - 1) / 2];
        var deviation = (float)values.Average(value => Math.Abs((double)value - median)) + DerivativeFilter.SmallestDeviation;
        var normalized = new float[map.Length];
        TensorPrimitives.Subtract(map, median, normalized);
        TensorPrimitives.Divide(normalized, deviation, normalized);
        return normalized;
    }

    private double OverScales(DerivativeFilter filter, Func<double, double> penalty, int scales)
    {
        var (prediction, truth, valid) = (MaskedMap.Of(_prediction, _valid, _width), MaskedMap.Of(_truth, _valid, _width), MaskedMap.Of(_valid, _width));
        var (sum, fitting) = (0.0, DerivativeFilter.ScalesThatFit(valid.Width, valid.Height, scales));
        for (var scale = 0; scale < fitting; scale++)
        {
            if (scale > 0)
            {
                var share = valid.Filtered(DerivativeFilter.Blur)[0];
                valid = share.Map(x => x > DerivativeFilter.SmallestShare ? 1 : 0);
                (prediction, truth) = (prediction.Halved(share, valid), truth.Halved(share, valid));
            }
            var inside = valid.Filtered(DerivativeFilter.Surrounded)[0].Map(x => x > DerivativeFilter.NearlyAll ? 1 : 0);
            var slopes = prediction.Filtered(filter).Zip(truth.Filtered(filter));
            sum += slopes.Sum(pair => pair.First.Values.Zip(pair.Second.Values, (p, t) => penalty(p - t)).Zip(inside.Values, (x, counts) => x * counts).Sum()) / Math.Max(inside.Values.Sum(), 1);
        }
        return sum / fitting;
    }
}
