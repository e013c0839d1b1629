using DepthPro.Network.Checkpoints.Torch;

namespace DepthPro.Network.Checkpoints;

/// <summary>
/// A file of named tensors, opened for reading: names, types and shapes at once, values tensor by tensor on request, as float32.
/// Nothing in a checkpoint is ever executed. Reading is safe from several threads at once (they take turns at the stream); disposing is not.
/// </summary>
public abstract class Checkpoint : IDisposable
{
    /// <summary>For sources of tensors other than files.</summary>
    /// <param name="name">What messages call the checkpoint.</param>
    protected Checkpoint(string name) => Name = name;

    /// <summary>How the file is laid out: <c>torch zip</c> or <c>safetensors</c>.</summary>
    public abstract string Format { get; }

    /// <summary>The file's path, or the name given at opening; messages use it.</summary>
    public string Name { get; }

    /// <summary>The tensors by name, in the file's order.</summary>
    public abstract IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <summary>The text pairs of a safetensors file's <c>__metadata__</c>; empty for other formats.</summary>
    public abstract IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>
    /// Opens a checkpoint file, recognised by its content: torch.save's zip format (PyTorch 1.6 and later) or safetensors. A state
    /// dictionary inside <c>{"state_dict": …}</c> or <c>{"model": …}</c> is unwrapped, nested dictionaries become dotted names, values that are
    /// not tensors are left out. Hugging Face's tensor names are presented as Apple's (<see cref="HuggingFaceNames"/>).
    /// </summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The open checkpoint; the caller disposes it.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, malicious or of another format, torch's legacy format among them.</exception>
    public static Checkpoint Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"Checkpoint '{path}' {(Directory.Exists(path) ? "is a folder" : "does not exist")}; expected a .pt or .safetensors file.", path);
        }
        // No buffer: tensors are read in large pieces.
        return Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0), path);
    }

    /// <summary>Opens a checkpoint in a seekable stream, such as an embedded resource; see <see cref="Open(string)"/>.</summary>
    /// <param name="stream">Holds the checkpoint from position 0 to its end. The checkpoint owns it, even when opening fails.</param>
    /// <param name="name">What messages call the checkpoint.</param>
    /// <returns>The open checkpoint; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">An argument is null, or the stream cannot be read or cannot seek.</exception>
    /// <exception cref="InvalidDataException">The content is damaged, malicious or of another format.</exception>
    public static Checkpoint Open(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        if (!stream.CanSeek || !stream.CanRead)
        {
            throw new ArgumentException($"Checkpoint '{name}' needs a stream that can be read and can seek; copy it to a MemoryStream or a file.", nameof(stream));
        }
        try
        {
            var source = new CheckpointStream(stream, name);
            Checkpoint checkpoint = CheckpointFormat.Recognise(source) == CheckpointFormat.Kind.TorchZip
                ? new TorchCheckpoint(source) : new SafetensorsCheckpoint(source);
            return HuggingFaceNames.Recognise(checkpoint) ? HuggingFaceNames.WithAppleNames(checkpoint) : checkpoint;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads a tensor's values in C order (last dimension fastest) as float32: float32, float16, bfloat16 and small integers exactly, NaN and
    /// infinities included; float64 and large integers rounded to nearest.
    /// </summary>
    /// <param name="name">One of <see cref="Tensors"/>.</param>
    /// <param name="destination">As many floats as the tensor has values.</param>
    /// <exception cref="ArgumentException">No tensor has that name, or the destination has another length.</exception>
    /// <exception cref="InvalidDataException">The file ends early: it was cut off after opening.</exception>
    /// <exception cref="ObjectDisposedException">The checkpoint was disposed.</exception>
    public abstract void Read(string name, Span<float> destination);

    /// <summary>Closes the file.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>What every <see cref="Read"/> checks first.</summary>
    /// <param name="name">The name asked for.</param>
    /// <param name="destinationLength">Length of the destination.</param>
    /// <returns>The tensor of that name.</returns>
    /// <exception cref="ArgumentException">No tensor has that name, or the destination has another length.</exception>
    protected TensorInfo Require(string name, int destinationLength)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Tensors.TryGetValue(name, out var tensor))
        {
            var nearest = NearestNames.To(name, Tensors.Keys);
            throw new ArgumentException(
                $"Checkpoint '{Name}' has no tensor '{name}' among its {Tensors.Count}{(nearest.Count > 0 ? $"; the nearest names are {string.Join(", ", nearest.Select(n => $"'{n}'"))}" : "")}.",
                nameof(name));
        }
        if (tensor.Count != destinationLength)
        {
            throw new ArgumentException(
                $"The destination for tensor {tensor} of checkpoint '{Name}' has {destinationLength} floats; expected {tensor.Count}.",
                nameof(destinationLength));
        }
        return tensor;
    }
}
