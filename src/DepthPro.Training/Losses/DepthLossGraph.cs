using DepthPro.Network.Graphs;
using DepthPro.Training.Gradients;

namespace DepthPro.Training;

/// <summary>The paper's losses (section 3.2) on maps of canonical inverse depth, as graphs. Each is the mean over photos of the mean over a photo's valid pixels, as a tensor of one
/// element; a photo without valid pixels counts as 0. <see cref="DepthLossValue"/> computes the same. Not thread-safe, as their graph is not.</summary>
public sealed class DepthLossGraph
{
    private readonly Value _prediction, _truth, _valid;
    private readonly Value? _photos;

    /// <summary>Losses of predicted maps.</summary>
    /// <param name="prediction">(N, 1, H, W), finite.</param>
    /// <param name="truth">Likewise; what is invalid may be anything, NaN included.</param>
    /// <param name="valid">Likewise: 1 where a pixel counts, else 0.</param>
    /// <param name="photos">How much each photo's loss counts, (N, 1, 1, 1): the mean over all N photos is taken of the products. Null: 1.</param>
    public DepthLossGraph(Value prediction, Value truth, Value valid, Value? photos = null) => (_prediction, _truth, _valid, _photos) = (prediction, truth.Where(valid, 0), valid, photos);

    /// <summary>MAE (equation 1): the mean absolute difference.</summary>
    /// <param name="trim">Share of a photo's pixels, those with the largest errors, that do not count; the paper's for real photos is 0.2. Pixels as wrong as the worst that counts, count.</param>
    public Value MeanAbsoluteError(float trim = 0)
    {
        var errors = (_prediction - _truth).Abs() * _valid;
        if (trim == 0) { return MeanOver(errors, _valid); }
        var pixels = errors.Shape[2] * errors.Shape[3];
        Value Kept(Value count) => count - (count * trim).Floor();
        var limit = Sorted(errors, _valid, pixels - (int)MathF.Floor(pixels * trim)).Pick(Kept(Count(_valid)) - 1);
        var counts = _valid * (errors.Above(limit) * -1 + 1);
        return MeanOver(errors * counts, counts);
    }

    /// <summary>MSE: the mean squared difference.</summary>
    public Value MeanSquaredError() => MeanOver(((_prediction - _truth) * _valid).Square(), _valid);

    /// <summary>MAGE (equation 2): mean absolute difference of the gradients by Scharr's filter, over scales.</summary>
    public Value Mage(int scales = DerivativeFilter.Scales) => OverScales(DerivativeFilter.Scharr, derivative => derivative.Abs(), scales);

    /// <summary>MALE (equation 2): mean absolute difference of the Laplacians, over scales.</summary>
    public Value Male(int scales = DerivativeFilter.Scales) => OverScales(DerivativeFilter.Laplace, derivative => derivative.Abs(), scales);

    /// <summary>MSGE (equation 2): mean squared difference of the gradients by Scharr's filter, over scales.</summary>
    public Value Msge(int scales = DerivativeFilter.Scales) => OverScales(DerivativeFilter.Scharr, derivative => derivative.Square(), scales);

    /// <summary>The losses of both maps less their median and divided by their mean absolute deviation from it, each over the valid pixels of a photo: then only the depth's order and
    /// proportions count. SSI-MAE and SSI-MAGE are this one's <see cref="MeanAbsoluteError"/> and <see cref="Mage"/>. The gradient passes through median and deviation.</summary>
    /// <remarks>Source: MiDaS (arXiv:1907.01341), section 5.</remarks>
    public DepthLossGraph ScaleAndShiftInvariant() => new(Normalized(_prediction), Normalized(_truth), _valid, _photos);

    /// <summary>The mean squared error of fields of view (section 3.3), in square degrees.</summary>
    /// <param name="prediction">(N, 1, 1, 1), degrees.</param>
    /// <param name="truth">Likewise; an unknown one may be anything.</param>
    /// <param name="known">Likewise: 1 where the truth is known, else 0.</param>
    /// <returns>The mean over the photos of known field of view; 0 if there is none.</returns>
    public static Value FieldOfView(Value prediction, Value truth, Value known)
        => (((prediction - truth.Where(known, 0)) * known).Square().Sum(0, 1, 2, 3) / known.Sum(0, 1, 2, 3).AtLeast(1)).Reshape(1);

    private static Value Normalized(Value map, Value valid)
    {
        var pixels = map.Shape[2] * map.Shape[3];
        var middle = ((Count(valid) - 1) * 0.5f).Floor();
        // Sorting lets no gradient pass; the mean of what equals the median does.
        var equal = map.EqualTo(Sorted(map, valid, (pixels + 1) / 2).Pick(middle)) * valid;
        var centred = map - (map * equal).Sum(2, 3) / equal.Sum(2, 3).AtLeast(1);
        var deviation = (centred.Abs() * valid).Sum(2, 3) / Count(valid).AtLeast(1);
        return centred / (deviation + DerivativeFilter.SmallestDeviation);
    }

    private Value Normalized(Value map) => Normalized(map, _valid);

    // Filters and pyramid are linear: the difference's derivative is the derivatives' difference.
    private Value OverScales(DerivativeFilter filter, Func<Value, Value> penalty, int scales)
    {
        var (difference, valid, losses) = ((_prediction - _truth) * _valid, _valid, new List<Value>());
        var fitting = DerivativeFilter.ScalesThatFit(valid.Shape[3], valid.Shape[2], scales);
        for (var scale = 0; scale < fitting; scale++)
        {
            if (scale > 0)
            {
                var share = Filter(valid, DerivativeFilter.Blur);
                valid = share.Above(DerivativeFilter.SmallestShare);
                difference = Filter(difference, DerivativeFilter.Blur) / share.AtLeast(DerivativeFilter.SmallestShare) * valid;
            }
            var inside = Filter(valid, DerivativeFilter.Surrounded).Above(DerivativeFilter.NearlyAll);
            losses.Add(MeanOver(penalty(Filter(difference, filter)).Sum(1) * inside, inside));
        }
        return losses.Aggregate((sum, loss) => sum + loss) * (1f / fitting);
    }

    private static Value Filter(Value map, DerivativeFilter filter)
    {
        var (side, stride, padding) = (filter.Width, filter.Stride, filter.Padding);
        int Length(int n) => (n + 2 * padding - side) / stride + 1;
        return map.Graph.Emit("Conv", new(map.Shape[0], filter.Kernels.Count, Length(map.Shape[2]), Length(map.Shape[3])),
            [map, map.Graph.Tensor([.. filter.Kernels.SelectMany(kernel => kernel)], filter.Kernels.Count, 1, side, side)],
            ("kernel_shape", new long[] { side, side }), ("strides", new long[] { stride, stride }), ("pads", new long[] { padding, padding, padding, padding }));
    }

    // The smallest valid values of each photo, ascending: (N, 1, 1, count).
    private static Value Sorted(Value map, Value valid, int count)
        => map.Where(valid, float.MaxValue).Reshape(map.Shape[0], 1, 1, map.Shape[2] * map.Shape[3]).Smallest(count);

    private static Value Count(Value valid) => valid.Sum(2, 3);

    private Value MeanOver(Value map, Value valid)
    {
        var losses = map.Sum(2, 3) / Count(valid).AtLeast(1);
        return (_photos is null ? losses : losses * _photos).Mean(0, 1, 2, 3).Reshape(1);
    }
}
