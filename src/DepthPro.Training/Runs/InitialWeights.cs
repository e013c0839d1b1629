using DepthPro.Network;
using DepthPro.Network.Graphs;

namespace DepthPro.Training.Runs;

/// <summary>First weights of a network that was never trained: signals neither vanish nor grow, and its first depths are plausible. Thread-safe.</summary>
internal sealed class InitialWeights(NetworkConfig config, ulong seed)
{
    // A person's view: C of 3 m at 60 degrees, and that field of view.
    private const float TypicalInverseDepth = 0.3f, TypicalFieldOfViewDegrees = 60;

    // Of a residual branch's last layer, so that the sum of several branches does not outgrow them.
    private const float BranchGain = 0.5f;

    /// <summary>Writes a parameter's values in the checkpoint's order.</summary>
    public void Fill(Parameter parameter, Span<float> destination)
    {
        var (path, shape) = (parameter.Path, parameter.CheckpointShape);
        bool Ends(params string[] names) => names.Any(name => path.EndsWith(name, StringComparison.Ordinal));
        if (Ends(".gamma") || (shape.Length == 1 && Ends(".weight"))) { destination.Fill(1); }
        else if (Ends("head.4.bias") && path.StartsWith("fov", StringComparison.Ordinal)) { destination.Fill(TypicalFieldOfViewDegrees); }
        else if (Ends("head.4.bias")) { destination.Fill(TypicalInverseDepth); }
        else if (Ends("pos_embed")) { FillPositions(shape, destination); }
        else if (Ends("cls_token", ".bias")) { destination.Clear(); }
        else if (IsUpsampling(path, shape)) { FillAlike(parameter, destination); }
        else { FillNormal(parameter, destination, Deviation(path, shape)); }
    }

    // Transposed convolutions (in, out, k, k), whose kernel is their stride.
    private static bool IsUpsampling(string path, Shape shape)
        => shape.Length == 4 && shape[2] == shape[3]
            && (path.EndsWith("deconv.weight", StringComparison.Ordinal) || path.EndsWith("upsample_lowres.weight", StringComparison.Ordinal) || path == "head.1.weight"
                || (path.StartsWith("encoder.upsample", StringComparison.Ordinal) && !path.EndsWith(".0.weight", StringComparison.Ordinal)));

    // All pixels of a square alike: what starts out different stays visible as a checkerboard for long (arXiv:1707.02937). Each pixel sums over the channels alone.
    private void FillAlike(Parameter parameter, Span<float> destination)
    {
        var square = parameter.CheckpointShape[2] * parameter.CheckpointShape[3];
        var values = new float[destination.Length / square];
        FillNormal(parameter, values, 1 / MathF.Sqrt(parameter.CheckpointShape[0]));
        for (var i = 0; i < destination.Length; i++) { destination[i] = values[i / square]; }
    }

    private static float Deviation(string path, Shape shape)
    {
        if (shape.Length == 2) { return 1 / MathF.Sqrt(shape[1]) * (path.EndsWith("proj.weight", StringComparison.Ordinal) || path.EndsWith("fc2.weight", StringComparison.Ordinal) ? BranchGain : 1); }
        var fanIn = shape.Count / shape[0];
        var gain = path.Contains("residual.3", StringComparison.Ordinal) ? BranchGain : path.Contains("residual.1", StringComparison.Ordinal) || path.StartsWith("head.2", StringComparison.Ordinal) ? MathF.Sqrt(2) : 1;
        return gain / MathF.Sqrt(fanIn);
    }

    private void FillNormal(Parameter parameter, Span<float> destination, float deviation)
    {
        var random = SeededRandom.Of(seed, parameter.Path.Aggregate(0UL, (hash, letter) => unchecked(hash * 31 + letter)));
        foreach (ref var value in destination)
        {
            // Twelve even numbers' sum is near enough to a normal distribution, has its deviation and no far outliers.
            var sum = -6.0;
            for (var i = 0; i < 12; i++) { sum += random.Unit(); }
            value = (float)(sum * deviation);
        }
    }

    // Sines and cosines of row and column (arXiv:1706.03762, section 3.5), half of the channels for each; nothing for the class token.
    private void FillPositions(Shape shape, Span<float> destination)
    {
        const double Longest = 100, Strength = 0.5;
        var (grid, width) = (config.Vit.Grid, shape[^1]);
        destination.Clear();
        for (var token = 0; token < grid * grid; token++)
        {
            for (var channel = 0; channel < width; channel++)
            {
                var half = width / 2;
                var (position, within) = channel < half ? (token / grid, channel) : (token % grid, channel - half);
                var angle = position / Math.Pow(Longest, (double)(within / 2 * 2) / half);
                destination[(1 + token) * width + channel] = (float)(Strength * (within % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle)));
            }
        }
    }
}
