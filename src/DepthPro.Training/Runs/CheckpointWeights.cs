using DepthPro.Network;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Modules;

namespace DepthPro.Training.Runs;

/// <summary>The weights that a training starts from. Thread-safe.</summary>
internal static class CheckpointWeights
{
    /// <summary>Reads a checkpoint, or makes random weights.</summary>
    /// <param name="path">The checkpoint; null: random weights.</param>
    /// <param name="options">What to train.</param>
    /// <exception cref="FileNotFoundException">There is no such checkpoint.</exception>
    /// <exception cref="InvalidDataException">It is damaged, of another network, or a value is not finite; the message names the tensor.</exception>
    public static NetworkWeights Open(string? path, DepthTrainingOptions options)
    {
        if (path is null) { return new(options.Network, new InitialWeights(options.Network, options.Seed).Fill); }
        using var checkpoint = Checkpoint.Open(path);
        StrictLoading.Require(checkpoint, DepthProNetwork.Parts(options.Network).SelectMany(part => part.Parameters));
        return new(options.Network, (parameter, destination) => FiniteWeights.Read(checkpoint, parameter.Path, destination, Network.Onnx.WeightPrecision.Float32));
    }
}
