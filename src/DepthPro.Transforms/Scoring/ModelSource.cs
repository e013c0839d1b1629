namespace DepthPro.Scoring;

/// <summary>The model of a transformer: one in hand, or the one that a saved pipeline refers to, found when it is first needed.</summary>
internal sealed class ModelSource
{
    private readonly DepthProModel? _given;
    private readonly ModelReference? _saved;

    public ModelSource(DepthProModel given) => _given = given;

    public ModelSource(ModelReference saved) => _saved = saved;

    public string Name => _saved?.Name ?? Given.Name;

    public int InputSize => _saved?.InputSize ?? Given.InputSize;

    /// <inheritdoc cref="ModelReference.PatchSize"/>
    public int PatchSize => _saved?.PatchSize ?? ModelReference.PatchSizeOf(Given);

    public int OutputSize => _saved?.OutputSize ?? Given.OutputSize;

    /// <summary>0 when the model does not give the image encoder's tokens.</summary>
    public int TokenGrid => _saved is null ? Given.TokenGrid : _saved.TokenGrid ?? 0;

    /// <inheritdoc cref="TokenGrid"/>
    public int TokenWidth => _saved is null ? Given.TokenWidth : _saved.TokenWidth ?? 0;

    private DepthProModel Given => _given ?? throw new InvalidOperationException("A model source holds a model or a reference.");

    /// <summary>Finds the model and opens it by <paramref name="open"/>, which checks its files; what a saved pipeline's model lacks comes with how to name another.</summary>
    /// <exception cref="FileNotFoundException">The model or one of its files is not where it may be.</exception>
    /// <exception cref="InvalidDataException">The model or one of its files has changed.</exception>
    public T Open<T>(Func<DepthProModel, T> open)
    {
        if (_saved is null) { return open(Given); }
        var model = _saved.Open();
        try
        {
            return open(model);
        }
        catch (FileNotFoundException e)
        {
            throw new FileNotFoundException($"{e.Message} {ModelReference.HowToNameAnother}", e.FileName, e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{e.Message} {ModelReference.HowToNameAnother}", e);
        }
    }

    public ModelReference ToReference() => _saved ?? ModelReference.To(Given);

    /// <summary>Whether it estimates the field of view; taken for granted of a saved one, which was fitted.</summary>
    public bool EstimatesFieldOfView => _given?.EstimatesFieldOfView ?? true;

    /// <summary>Cheap: looks whether the files of a model in hand are still there.</summary>
    /// <exception cref="FileNotFoundException">One was moved or deleted.</exception>
    public void RequireFiles()
    {
        if (_given?.Path is not { } path) { return; }
        string[] files = _given.Manifest is { } manifest ? [.. manifest.Files.Select(file => Path.Combine(path, file.Name))] : [path];
        if (Array.Find(files, file => !File.Exists(file)) is { } missing)
        {
            throw new FileNotFoundException($"The model '{_given.Name}' lacks its file '{missing}', which was there when the model was opened. Open the model where it is now, or convert the checkpoint again.", missing);
        }
    }
}
