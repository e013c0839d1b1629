using Microsoft.ML.Data;

namespace DepthPro;

/// <summary>Marks a <see cref="DepthMap"/> member of a class given to ML.NET; needed only by code that runs before any other use of this library. Immutable, thread-safe.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class DepthMapTypeAttribute : DataViewTypeAttribute
{
    /// <inheritdoc/>
    public override void Register() => DataViewTypeManager.Register(DepthMapDataViewType.ForAttribute, typeof(DepthMap), this);

    /// <summary>All attributes of this type are equal.</summary>
    public override bool Equals(DataViewTypeAttribute? other) => other is DepthMapTypeAttribute;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DepthMapTypeAttribute;

    /// <inheritdoc/>
    public override int GetHashCode() => typeof(DepthMapTypeAttribute).GetHashCode();
}
