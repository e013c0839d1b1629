using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>The loadable classes of the assemblies registered so far.</summary>
public sealed class ComponentCatalog
{
    private const BindingFlags StaticMethods = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _assemblies = [];
    private readonly Dictionary<(string Name, Type Signature), MethodInfo> _createMethods = [];

    internal ComponentCatalog() { }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        lock (_lock)
        {
            if (!_assemblies.Add(assembly.FullName)) { return; }
            foreach (var attribute in assembly.GetCustomAttributes<LoadableClassAttribute>())
            {
                var create = attribute.LoaderType.GetMethod("Create", StaticMethods, [typeof(IHostEnvironment), typeof(ModelLoadContext)]);
                if (create is null && throwOnError)
                {
                    throw Contracts.Except($"Can't instantiate loadable class '{attribute.InstanceType.Name}' with name '{attribute.LoadNames[0]}'");
                }
                foreach (var name in attribute.LoadNames)
                {
                    if (!_createMethods.TryAdd((name.ToLowerInvariant(), attribute.SigTypes[0]), create) && throwOnError)
                    {
                        throw Contracts.Except($"ComponentCatalog cannot map name '{name}' and SignatureType '{attribute.SigTypes[0]}' to "
                            + $"{attribute.InstanceType.Name}, already mapped to {_createMethods[(name.ToLowerInvariant(), attribute.SigTypes[0])].ReturnType.Name}.");
                    }
                }
            }
            assembly.GetTypes(); // ML.NET looks for extensions here: an assembly with unloadable types must fail now as it does there
        }
    }

    /// <summary>Calls the loader of a signature; null if no registered assembly has one.</summary>
    internal object TryCreateInstance<TSig>(IHostEnvironment env, string name, ModelLoadContext ctx)
    {
        MethodInfo create;
        lock (_lock)
        {
            if (!_createMethods.TryGetValue((name.ToLowerInvariant(), typeof(TSig)), out create)) { return null; }
        }
        try
        {
            return create.Invoke(null, [env, ctx]);
        }
        catch (TargetInvocationException ex) when (ex.InnerException.IsMarked())
        {
            throw Contracts.Except(null, ex, "Error during class instantiation");
        }
    }
}
