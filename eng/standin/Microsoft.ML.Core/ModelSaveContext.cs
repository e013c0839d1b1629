using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>
/// Where a component saves itself: a folder of the archive with its Model.key, whatever further streams it asks for, and the folders of
/// the components within it. The bytes are this implementation's own; genuine ML.NET neither reads nor writes them.
/// </summary>
public sealed class ModelSaveContext : IDisposable
{
    internal readonly RepositoryWriter Repository;
    internal readonly string Directory;
    internal readonly BinaryWriter Writer = new(new MemoryStream(), Encoding.UTF8);

    private readonly List<string> _strings = [];
    private VersionInfo _version;

    private ModelSaveContext(RepositoryWriter repository, string directory) => (Repository, Directory) = (repository, directory);

    internal bool InRepository => true;

    internal static void SaveModel<T>(RepositoryWriter rep, T value, string path) where T : class
    {
        if (value is not ICanSaveModel model) { return; }
        using var context = new ModelSaveContext(rep, path);
        model.Save(context);
        context.Done();
    }

    internal void SaveModel<T>(T value, string name) where T : class =>
        SaveModel(Repository, value, ML.Repository.PathOf(Directory, name));

    internal void CheckAtModel() => Repository.ExceptionContext.Check(Writer.BaseStream.Position == 0, "Not at the start of the model.");

    internal void SetVersionInfo(VersionInfo ver)
    {
        Contracts.Check(ver.LoaderSignature is { Length: > 0 and <= 24 } signature && Ascii.IsValid(signature),
            "Loader signature must be at most 24 ASCII characters");
        _version = ver;
    }

    internal void SaveString(string str)
    {
        Contracts.CheckValue(str, nameof(str));
        if (!_strings.Contains(str)) { _strings.Add(str); }
        Writer.Write(_strings.IndexOf(str));
    }

    internal void SaveNonEmptyString(string str)
    {
        Repository.ExceptionContext.CheckParam(!string.IsNullOrEmpty(str), nameof(str), "Must not be empty.");
        SaveString(str);
    }

    internal void SaveStringOrNull(string str)
    {
        if (str is null) { Writer.Write(-1); }
        else { SaveString(str); }
    }

    internal void SaveBinaryStream(string name, Action<BinaryWriter> action) => Repository.Write(Directory, name, stream =>
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        action(writer);
    });

    private void Done()
    {
        Repository.ExceptionContext.Check(_version.ModelSignature != 0, "ModelSignature not specified!");
        SaveBinaryStream(ModelLoadContext.ModelStreamName, key =>
        {
            key.Write(_version.ModelSignature);
            key.Write(_version.VerWrittenCur);
            key.Write(_version.VerReadableCur);
            key.Write(_version.LoaderSignature);
            key.Write(_version.LoaderAssemblyName ?? "");
            key.Write(_strings.Count);
            _strings.ForEach(key.Write);
            Writer.Flush();
            ((MemoryStream)Writer.BaseStream).WriteTo(key.BaseStream);
        });
    }

    public void Dispose() => Writer.Dispose();
}
