namespace DepthPro.Scoring;

/// <summary>How a saved pipeline refers to its model: the demo model by name, any other by path and content.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Path">Its full path when the pipeline was saved; null for the demo model.</param>
/// <param name="Sha256">The hash that identifies it; null for the demo model, which comes with the library and may improve with it.</param>
/// <param name="InputSize">S, the side of the network input.</param>
/// <param name="PatchSize">P, the side of a patch; 0 for a network in one file, which cuts its own.</param>
/// <param name="OutputSize">O, the side of the canonical inverse depth.</param>
/// <param name="TokenGrid">Tokens along one side of the image encoder's grid; null when the model does not give them, or was saved before they were asked of it.</param>
/// <param name="TokenWidth">Length of a token, likewise.</param>
internal sealed record ModelReference(string Name, string? Path, string? Sha256, int InputSize, int PatchSize, int OutputSize, int? TokenGrid = null, int? TokenWidth = null)
{
    /// <summary>The environment variable that tells where saved pipelines' models are now.</summary>
    public const string PathVariable = "DEPTHPRO_MODEL_PATH";

    /// <summary>The end of every message about a saved pipeline's model.</summary>
    public const string HowToNameAnother =
        $"Set the environment variable {PathVariable} to the model's folder or file, or to the folder that holds it, or give the transformer a model with WithModel.";

    public static ModelReference To(DepthProModel model) =>
        new(model.Name, model.Path, model.Path is null ? null : model.Sha256, model.InputSize, PatchSizeOf(model), model.OutputSize,
            model.TokenGrid > 0 ? model.TokenGrid : null, model.TokenGrid > 0 ? model.TokenWidth : null);

    public static int PatchSizeOf(DepthProModel model) => model.SingleFile is null ? model.PatchSize : 0;

    /// <summary>Finds the model of this hash; whether its files still are as it says is seen when they are opened.</summary>
    /// <exception cref="FileNotFoundException">There is none at the places where it may be.</exception>
    /// <exception cref="InvalidDataException">There is one, but it has changed.</exception>
    public DepthProModel Open()
    {
        if (Path is null) { return DepthProModel.Demo; }
        List<string> looked = [];
        var changed = false;
        foreach (var place in Places(Path))
        {
            if (!System.IO.Path.Exists(place))
            {
                looked.Add($"'{place}' is not there");
                continue;
            }
            try
            {
                var model = DepthProModel.Open(place);
                if (model.Sha256 == Sha256) { return model; }
                looked.Add($"'{place}' has SHA-256 {model.Sha256}");
                changed = true;
            }
            catch (FileNotFoundException e)
            {
                looked.Add(e.Message);
            }
            catch (InvalidDataException e)
            {
                looked.Add(e.Message);
                changed = true;
            }
        }
        var message = $"The model '{Name}' that this pipeline was saved with was not found; expected SHA-256 {Sha256}. Looked at: {string.Join("; ", looked)}. "
            + HowToNameAnother;
        throw changed ? new InvalidDataException(message) : new FileNotFoundException(message, Path);
    }

    // The variable comes first, so that it can overrule; last comes a model that lies in the current folder under its old name.
    private static IEnumerable<string> Places(string saved)
    {
        var name = System.IO.Path.GetFileName(saved);
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } set)
        {
            yield return System.IO.Path.GetFullPath(set);
            yield return System.IO.Path.GetFullPath(System.IO.Path.Combine(set, name));
        }
        yield return saved;
        yield return System.IO.Path.GetFullPath(name);
    }
}
