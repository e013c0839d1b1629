using System.Numerics;

namespace DepthPro.Training;

/// <summary>Clips the gradient and changes the parameters by Adam's rule, window by window. Not thread-safe.</summary>
internal sealed class AdamUpdate(ParameterMemory memory, AdamOptions options)
{
    // torch.nn.utils.clip_grad_norm_ adds it to the norm.
    private const float NormEpsilon = 1e-6f;

    /// <summary>Changes the parameters.</summary>
    /// <param name="norm">The gradient's.</param>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="learningRates">One for each group of parameters.</param>
    public void Apply(float norm, int step, ReadOnlySpan<float> learningRates)
    {
        var clip = Math.Min(1, options.LargestNorm / (norm + NormEpsilon));
        var correction = (float)(1 / Math.Sqrt(1 - Math.Pow(options.Beta2, step)));
        for (var group = 0; group < memory.Groups.Count; group++)
        {
            var rate = (float)(learningRates[group] / (1 - Math.Pow(options.Beta1, step)));
            Range[] windows = [.. ParameterMemory.Windows(memory.Groups[group])];
            SharedWork.Do(memory.ShardGradients.Count, windows.Length, window => Apply(windows[window], clip, correction, rate));
        }
    }

    private void Apply(Range window, float clip, float correction, float rate)
    {
        var (start, length) = window.GetOffsetAndLength(memory.Gradient.Length);
        var (gradients, means, meanSquares, values) = (memory.Gradient, memory.Mean, memory.MeanSquare, memory.Values);
        for (var i = start; i < start + length; i += Vector<float>.Count) // a window is whole cache lines
        {
            var gradient = new Vector<float>(gradients, i) * clip;
            var mean = new Vector<float>(means, i) * options.Beta1 + gradient * (1 - options.Beta1);
            var meanSquare = new Vector<float>(meanSquares, i) * options.Beta2 + gradient * gradient * (1 - options.Beta2);
            var value = new Vector<float>(values, i) - mean / (Vector.SquareRoot(meanSquare) * correction + new Vector<float>(options.Epsilon)) * rate;
            mean.CopyTo(means, i);
            meanSquare.CopyTo(meanSquares, i);
            value.CopyTo(values, i);
        }
    }
}
