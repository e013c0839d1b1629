namespace Microsoft.ML;

/// <summary>Says which class of an assembly reads back what was saved under a loader signature.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class LoadableClassAttribute(Type instType, Type loaderType, Type argType, Type sigType, string userName, params string[] loadNames)
    : Attribute
{
    public LoadableClassAttribute(Type instType, Type argType, Type sigType, string userName, params string[] loadNames)
        : this(instType, instType, argType, sigType, userName, loadNames) { }

    public Type InstanceType => instType;
    public Type LoaderType => loaderType;
    public Type ArgType => argType;
    public Type[] SigTypes { get; } = [sigType];
    public string UserName => userName;
    public string[] LoadNames => loadNames;
}

/// <summary>What a class that loads models is called with, after the environment.</summary>
internal delegate void SignatureLoadModel(ModelLoadContext ctx);
