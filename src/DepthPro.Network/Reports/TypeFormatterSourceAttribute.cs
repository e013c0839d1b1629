namespace DepthPro.Network.Reports;

/// <summary>Tells .NET Interactive, the kernel of Polyglot notebooks, how to show a type. It looks for an attribute of this name, whatever its assembly, so that no package of it is needed.</summary>
/// <remarks>Source: dotnet/interactive, <c>Formatter.cs</c>, <c>TryRegisterFromConventionBasedFormatterSources</c>: from the property <see cref="FormatterSourceType"/> it creates the
/// source, and calls its method <c>CreateTypeFormatters</c>.</remarks>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;
}
