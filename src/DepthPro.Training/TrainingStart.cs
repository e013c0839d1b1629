using System.Diagnostics.CodeAnalysis;
using DepthPro.Network;
using DepthPro.Network.Checkpoints;

namespace DepthPro.Training;

/// <summary>The weights that a training starts from: those of a checkpoint, of a model folder, or of the demo model. Immutable, thread-safe; holds no weights.</summary>
public sealed class TrainingStart
{
    private readonly Func<Checkpoint> _open;
    private readonly Lazy<NetworkConfig> _network;
    private readonly Lazy<string> _identity;

    private TrainingStart(string name, Func<Checkpoint> open, Func<string> identity)
    {
        (Name, _open, _identity) = (name, open, new(identity));
        _network = new(() =>
        {
            using var checkpoint = Open();
            return (ModelConverter.ConfigOf(checkpoint) ?? new()).Validated();
        });
    }

    /// <summary>Path of the checkpoint or model, or "demo".</summary>
    public string Name { get; }

    /// <summary>The network's sizes; the published network's where a checkpoint carries none. Read from the file when first asked for.</summary>
    /// <exception cref="FileNotFoundException">There is no such checkpoint, or a file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or no network.</exception>
    public NetworkConfig Network => _network.Value;

    /// <summary>Tells it from others in a training's state.</summary>
    internal string Identity => _identity.Value;

    /// <summary>A torch <c>.pt</c> or <c>.safetensors</c> file with Apple's or Hugging Face's names.</summary>
    /// <param name="path">The file; looked at when it is needed.</param>
    public static TrainingStart FromCheckpoint(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        return new(full, () => Checkpoint.Open(full), () => $"{Path.GetFileName(full)}, {new FileInfo(full).Length} bytes");
    }

    /// <summary>A model folder, or the demo model.</summary>
    /// <param name="model">Any but a lone ONNX file, which says nothing of its network's sizes.</param>
    public static TrainingStart FromModel(DepthProModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(model.Path ?? model.Name, model.OpenCheckpoint, () => model.Sha256);
    }

    /// <summary>A model folder or a checkpoint, by its path; null stays null.</summary>
    /// <exception cref="FileNotFoundException">A folder without a model.</exception>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator TrainingStart?(string? path)
        => path is null ? null : Directory.Exists(path) || path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? FromModel(DepthProModel.Open(path)) : FromCheckpoint(path);

    /// <inheritdoc cref="FromModel"/>
    [return: NotNullIfNotNull(nameof(model))]
    public static implicit operator TrainingStart?(DepthProModel? model) => model is null ? null : FromModel(model);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Opens the weights; the caller disposes them.</summary>
    internal Checkpoint Open() => _open();
}
