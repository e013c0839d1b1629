using System.Reflection;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where a component reads itself back from; see <see cref="ModelSaveContext"/>.</summary>
internal sealed class ModelLoadContext : IDisposable
{
    public const string ModelStreamName = "Model.key";

    public readonly RepositoryReader Repository;
    public readonly string Directory;
    public readonly BinaryReader Reader;
    public readonly string[] Strings;
    public readonly string LoaderAssemblyName;

    internal ModelHeader Header;

    private readonly string _loaderSignature;
    private readonly long _start;

    private ModelLoadContext(RepositoryReader repository, Stream key, string directory)
    {
        (Repository, Directory, Reader) = (repository, directory, new(key, Encoding.UTF8));
        Header.ModelSignature = Reader.ReadUInt64();
        Header.ModelVerWritten = Reader.ReadUInt32();
        Header.ModelVerReadable = Reader.ReadUInt32();
        _loaderSignature = Reader.ReadString();
        LoaderAssemblyName = Reader.ReadString();
        Strings = new string[Reader.ReadInt32()];
        for (var i = 0; i < Strings.Length; i++) { Strings[i] = Reader.ReadString(); }
        _start = key.Position;
    }

    public bool InRepository => true;

    public static bool LoadModelOrNull<TRes, TSig>(IHostEnvironment env, out TRes result, RepositoryReader rep, string dir) where TRes : class
    {
        result = null;
        if (rep.ReadOrNull(dir, ModelStreamName) is not { } key) { return false; }
        using var context = new ModelLoadContext(rep, key, dir);
        if (context.LoaderAssemblyName.Length > 0) { env.ComponentCatalog.RegisterAssembly(Assembly.Load(context.LoaderAssemblyName)); }
        result = env.ComponentCatalog.TryCreateInstance<TSig>(env, context._loaderSignature, context) as TRes
            ?? throw env.ExceptDecode($"Couldn't load model: '{dir}'");
        return true;
    }

    public void LoadModel<TRes, TSig>(IHostEnvironment env, out TRes result, string name, params object[] extra) where TRes : class
    {
        if (!LoadModelOrNull<TRes, TSig>(env, out result, Repository, ML.Repository.PathOf(Directory, name)))
        {
            throw env.ExceptDecode("Corrupt model file");
        }
    }

    public void CheckAtModel() => Repository.ExceptionContext.Check(Reader.BaseStream.Position == _start, "Not at the start of the model.");

    public void CheckAtModel(VersionInfo ver)
    {
        CheckAtModel();
        ModelHeader.CheckVersionInfo(ref Header, ver);
    }

    public string LoadStringOrNull()
    {
        var id = Reader.ReadInt32();
        Contracts.CheckDecode(-1 <= id && id < Strings.Length, "String not in the model's table.");
        return id < 0 ? null : Strings[id];
    }

    public string LoadString()
    {
        var value = LoadStringOrNull();
        Contracts.CheckDecode(value is not null, "String missing.");
        return value;
    }

    public string LoadNonEmptyString()
    {
        var value = LoadString();
        Contracts.CheckDecode(value.Length > 0, "String empty.");
        return value;
    }

    public bool TryLoadBinaryStream(string name, Action<BinaryReader> action)
    {
        if (Repository.ReadOrNull(Directory, name) is not { } stream) { return false; }
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        action(reader);
        return true;
    }

    public void Dispose() => Reader.Dispose();
}
