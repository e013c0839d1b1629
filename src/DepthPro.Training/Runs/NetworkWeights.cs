using DepthPro.Network;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;

namespace DepthPro.Training.Runs;

/// <summary>All weights of a network between stages, by their names in the checkpoint. Not thread-safe.</summary>
internal sealed class NetworkWeights
{
    private readonly NetworkConfig _config;
    private readonly string? _licence;
    private readonly List<Parameter> _parameters;
    private readonly Dictionary<string, float[]> _values = [];

    /// <summary>Takes weights from somewhere.</summary>
    /// <param name="config">The network's sizes.</param>
    /// <param name="fill">Writes a parameter's values in the checkpoint's order.</param>
    /// <param name="licence">Whose terms hold for them, if that is known.</param>
    public NetworkWeights(NetworkConfig config, FillParameter fill, string? licence)
    {
        (_config, _licence) = (config, licence);
        _parameters = [.. DepthProNetwork.Parts(config).SelectMany(part => part.Parameters)];
        foreach (var parameter in _parameters) { fill(parameter, _values[parameter.Path] = new float[parameter.Shape.Count]); }
    }

    /// <summary>Reads a weight; what only a stage has is made by <paramref name="initial"/>.</summary>
    public void Read(Parameter parameter, Span<float> destination, InitialWeights initial)
    {
        if (_values.TryGetValue(parameter.Path, out var values)) { values.CopyTo(destination); }
        else { initial.Fill(parameter, destination); }
    }

    /// <summary>Takes what a session learnt.</summary>
    public void TakeFrom(TrainingSession session)
    {
        foreach (var name in session.ParameterNames.Where(_values.ContainsKey)) { session.Read(name, _values[name]); }
    }

    /// <summary>Takes all weights of the same network.</summary>
    public void TakeFrom(NetworkWeights other)
    {
        foreach (var (name, values) in other._values) { values.CopyTo(_values[name], 0); }
    }

    /// <summary>The same weights, which later changes leave alone.</summary>
    public NetworkWeights Copy() => new(_config, (parameter, destination) => _values[parameter.Path].CopyTo(destination), _licence);

    /// <summary>Makes the image encoder and the field-of-view encoder copies of the patch encoder, as far as they are deep.</summary>
    public void CopyPatchEncoder()
    {
        const string From = "encoder.patch_encoder.";
        foreach (var to in new[] { "encoder.image_encoder.", "fov.encoder.0." })
        {
            foreach (var (name, values) in _values.Where(pair => pair.Key.StartsWith(to, StringComparison.Ordinal)))
            {
                if (_values.TryGetValue(From + name[to.Length..], out var source) && source.Length == values.Length) { source.CopyTo(values, 0); }
            }
        }
    }

    /// <summary>Writes a checkpoint that carries the network's sizes.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        var metadata = new Dictionary<string, string> { [ModelConverter.ConfigMetadata] = ModelManifest.ConfigToJson(_config) };
        if (_licence is not null) { metadata[ModelConverter.LicenceMetadata] = _licence; }
        SafetensorsWriter.Write(path, [.. _parameters.Select(p => new TensorInfo(p.Path, TensorType.Float32, p.CheckpointShape.ToArray()))], info => _values[info.Name], metadata);
    }
}

/// <summary>Writes a parameter's values in the checkpoint's order.</summary>
internal delegate void FillParameter(Parameter parameter, Span<float> destination);
