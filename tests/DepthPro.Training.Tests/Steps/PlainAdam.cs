namespace DepthPro.Training.Tests.Steps;

/// <summary>Adam by the letter of the paper (arXiv:1412.6980, algorithm 1), after clipping by the norm, in double precision.</summary>
internal sealed class PlainAdam(AdamOptions options, int count)
{
    private readonly double[] _mean = new double[count], _meanSquare = new double[count];
    private int _steps;

    public void Apply(double[] values, double[] gradients, double learningRate)
    {
        var (norm, t) = (Math.Sqrt(gradients.Sum(g => g * g)), ++_steps);
        for (var i = 0; i < values.Length; i++)
        {
            var g = gradients[i] * Math.Min(1, options.LargestNorm / norm);
            _mean[i] = options.Beta1 * _mean[i] + (1 - options.Beta1) * g;
            _meanSquare[i] = options.Beta2 * _meanSquare[i] + (1 - options.Beta2) * g * g;
            values[i] -= learningRate * (_mean[i] / (1 - Math.Pow(options.Beta1, t))) / (Math.Sqrt(_meanSquare[i] / (1 - Math.Pow(options.Beta2, t))) + options.Epsilon);
        }
    }
}
