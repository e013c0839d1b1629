using DepthPro.Network;
using DepthPro.Network.Modules;
using DepthPro.Network.Onnx;
using DepthPro.Training.Data;

namespace DepthPro.Training.Runs;

/// <summary>The weights that a training starts from. Thread-safe.</summary>
internal static class CheckpointWeights
{
    private const string OwnLicence = "MIT"; // of weights that learnt from nothing but scenes

    /// <summary>Reads a checkpoint's or model's weights, or makes random ones.</summary>
    /// <param name="start">Where they are; null: random weights.</param>
    /// <param name="options">What to train.</param>
    /// <param name="sets">What is learnt from; whose terms hold for weights that learn from others' photos is not for us to say.</param>
    /// <exception cref="FileNotFoundException">There is no such checkpoint.</exception>
    /// <exception cref="InvalidDataException">It is damaged, of another network, or a value is not finite; the message names the tensor.</exception>
    public static NetworkWeights Open(TrainingStart? start, DepthTrainingOptions options, IReadOnlyList<TrainingSet> sets)
    {
        if (start is null) { return new(options.Network, new InitialWeights(options.Network, options.Seed).Fill, sets.All(set => set is SceneTrainingSet) ? OwnLicence : null); }
        using var checkpoint = start.Open();
        StrictLoading.Require(checkpoint, DepthProNetwork.Parts(options.Network).SelectMany(part => part.Parameters));
        // What shapes do not show: heads and hooked blocks.
        if (ModelConverter.ConfigOf(checkpoint) is { } carried && Describe(carried) != Describe(options.Network))
        {
            throw new InvalidDataException($"'{checkpoint.Name}' is of the network {ModelManifest.ConfigToJson(carried)}; the training's is {ModelManifest.ConfigToJson(options.Network)}. Give {nameof(DepthTrainingOptions)}.{nameof(DepthTrainingOptions.Network)} the checkpoint's sizes.");
        }
        return new(options.Network, (parameter, destination) => FiniteWeights.Read(checkpoint, parameter.Path, destination, WeightPrecision.Float32),
            checkpoint.Metadata.GetValueOrDefault(ModelConverter.LicenceMetadata));
    }

    // Overrides that change nothing do not make another network.
    private static string Describe(NetworkConfig config) => $"{config.Vit} {config.ImageVit} {config.FieldOfViewVit} {string.Join(',', config.HookBlocks)} {string.Join(',', config.EncoderDims)} {config.DecoderWidth} {string.Join(',', config.HeadWidths)} {config.FieldOfView} {config.Upsampling}";
}
