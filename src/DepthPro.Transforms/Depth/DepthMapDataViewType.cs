using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DepthPro;

/// <summary>The type of a column whose values are <see cref="DepthMap"/>s of any size.</summary>
/// <remarks>Registered with ML.NET when this assembly is first used, so that a plain property of type <see cref="DepthMap"/> works in the
/// classes given to LoadFromEnumerable, CreateEnumerable and PredictionEngine; so is <see cref="MLImage"/> of any size. It is
/// one of ML.NET's primitive types, "freely copied without concern for ownership, mutation, or disposing", so that depth columns can be cached and
/// shuffled. Immutable and thread-safe.</remarks>
public sealed class DepthMapDataViewType : PrimitiveDataViewType
{
    private readonly bool _forAttribute;

    private DepthMapDataViewType(bool forAttribute)
        : base(typeof(DepthMap)) => _forAttribute = forAttribute;

    /// <summary>The type.</summary>
    public static DepthMapDataViewType Instance { get; } = new(forAttribute: false);

    /// <summary>ML.NET maps each type to one pair of class and attribute, so members with the attribute need a type of their own.</summary>
    internal static DepthMapDataViewType ForAttribute { get; } = new(forAttribute: true);

    /// <summary>Whether <paramref name="other"/> is this type; the type of members marked <see cref="DepthMapTypeAttribute"/> counts as another, though every transformer takes both.</summary>
    public override bool Equals(DataViewType? other) => other is DepthMapDataViewType type && type._forAttribute == _forAttribute;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DataViewType);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(typeof(DepthMapDataViewType), _forAttribute);

    /// <summary>The type's name in messages and previews.</summary>
    public override string ToString() => "DepthMap";

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "ML.NET looks a class's member types up before any of our code is called by name.")]
    internal static void Register()
    {
        DataViewTypeManager.Register(Instance, typeof(DepthMap));
        try
        {
            DataViewTypeManager.Register(new ImageDataViewType(), typeof(MLImage));
        }
        catch (ArgumentException)
        {
            // The application has registered images in its own way, which stands.
        }
    }
}
