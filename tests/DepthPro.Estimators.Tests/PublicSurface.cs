using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DepthPro.Estimators.Tests;

/// <summary>Writes an assembly's public surface in the form of goldens/mlnet: ASSEMBLY | TYPE | KIND | SIGNATURE.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new (Type Type, string Keyword)[]
    {
        (typeof(void), "void"), (typeof(object), "object"), (typeof(string), "string"), (typeof(bool), "bool"), (typeof(char), "char"),
        (typeof(sbyte), "sbyte"), (typeof(byte), "byte"), (typeof(short), "short"), (typeof(ushort), "ushort"), (typeof(int), "int"),
        (typeof(uint), "uint"), (typeof(long), "long"), (typeof(ulong), "ulong"), (typeof(float), "float"), (typeof(double), "double"),
    }.ToDictionary(pair => pair.Type, pair => pair.Keyword);

    public static IEnumerable<string> Of(Assembly assembly) =>
        from type in assembly.GetExportedTypes()
        from line in LinesOf(type)
        select $"{assembly.GetName().Name} | {Name(type)} | {line}";

    private static IEnumerable<string> LinesOf(Type type)
    {
        yield return $"type | {Declaration(type)}";
        if (typeof(Delegate).IsAssignableFrom(type)) { yield break; }
        if (type.IsEnum)
        {
            foreach (var name in Enum.GetNames(type)) { yield return $"enumvalue | {name} = {Number(Enum.Parse(type, name))}"; }
            yield break;
        }
        foreach (var ctor in type.GetConstructors(Declared).Where(ctor => !ctor.IsStatic && IsVisible(ctor)))
        {
            yield return $"ctor | {Access(ctor)} {Name(type)}({Parameters(ctor)})";
        }
        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly))
        {
            var modifiers = $"{(field.IsPublic ? "public" : "protected")} {(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}";
            yield return $"field | {modifiers}{Name(field.FieldType)} {field.Name}";
        }
        foreach (var property in type.GetProperties(Declared))
        {
            MethodInfo[] accessors = [.. property.GetAccessors(nonPublic: true).Where(IsVisible)];
            if (accessors is not [var first, ..]) { continue; }
            var name = property.GetIndexParameters().Length > 0 ? $"this[{Parameters(first)}]" : property.Name;
            var body = string.Concat(accessors.Select(accessor => accessor == property.GetMethod ? "get; " : "set; "));
            yield return $"property | {Modifiers(first)} {Name(property.PropertyType)} {name} {{ {body}}}";
        }
        foreach (var @event in type.GetEvents(Declared))
        {
            if (@event is not { AddMethod: { } add, EventHandlerType: { } handler } || !IsVisible(add)) { continue; }
            yield return $"event | {Modifiers(add)} {Name(handler)} {@event.Name}";
        }
        foreach (var method in type.GetMethods(Declared).Where(method => IsVisible(method) && !method.IsSpecialName))
        {
            var generics = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
            var constraints = Constraints(method.GetGenericArguments());
            yield return $"method | {Modifiers(method)} {Name(method.ReturnType)} {method.Name}{generics}({Parameters(method)}){constraints}";
        }
    }

    private static string Declaration(Type type)
    {
        if (type.IsEnum) { return $"public enum {Name(type)} : {Name(Enum.GetUnderlyingType(type))}"; }
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethods(Declared).Single(method => method.Name == "Invoke");
            return $"public delegate {Name(invoke.ReturnType)} {Name(type)}({Parameters(invoke)}){Constraints(type.GetGenericArguments())}";
        }
        var kind = type.IsInterface ? "interface" : type.IsByRefLike ? "ref struct" : type.IsValueType ? "struct"
            : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        IEnumerable<string> parents = type.GetInterfaces().Where(parent => parent.IsVisible).Select(Name).Order(StringComparer.Ordinal);
        if (type.BaseType is { } based && based != typeof(object) && based != typeof(ValueType)) { parents = parents.Prepend(Name(based)); }
        var name = type.IsInterface ? WithVariance(type) : Name(type);
        return $"public {kind} {name}{(parents.Any() ? " : " : "")}{string.Join(", ", parents)}{Constraints(type.GetGenericArguments())}";
    }

    private static string WithVariance(Type type)
    {
        var name = Name(type);
        foreach (var argument in type.GetGenericArguments())
        {
            var variance = argument.GenericParameterAttributes & GenericParameterAttributes.VarianceMask;
            if (variance == 0) { continue; }
            var word = variance == GenericParameterAttributes.Covariant ? "out" : "in";
            name = name.Replace($"<{argument.Name}", $"<{word} {argument.Name}").Replace($", {argument.Name}", $", {word} {argument.Name}");
        }
        return name;
    }

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Where(argument => argument.IsGenericParameter).Select(argument =>
    {
        var attributes = argument.GenericParameterAttributes;
        var constraints = argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Name);
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) { constraints = constraints.Prepend("class"); }
        if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)) { constraints = constraints.Prepend("struct"); }
        else if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)) { constraints = constraints.Append("new()"); }
        return constraints.Any() ? $" where {argument.Name} : {string.Join(", ", constraints)}" : "";
    }));

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Modifiers(MethodInfo method)
    {
        var access = Access(method);
        if (method.IsStatic) { return $"{access} static"; }
        if (method.DeclaringType is { IsInterface: true }) { return access; }
        var overrides = method.GetBaseDefinition() != method;
        return method.IsAbstract ? $"{access} abstract" : overrides ? $"{access} {(method.IsFinal ? "sealed " : "")}override"
            : method.IsVirtual && !method.IsFinal ? $"{access} virtual" : access;
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
    {
        var prefix = parameter.Position == 0 && method.IsDefined(typeof(ExtensionAttribute), false) ? "this "
            : parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params "
            : !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        return $"{prefix}{Name(parameter.ParameterType)} {parameter.Name}{Default(parameter)}";
    }));

    private static string Default(ParameterInfo parameter) => !parameter.HasDefaultValue ? "" : parameter.RawDefaultValue switch
    {
        null when parameter.ParameterType.IsGenericParameter => " = default",
        null when parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null => " = default",
        null => " = null",
        string text => $" = \"{text}\"",
        bool truth => truth ? " = true" : " = false",
        char letter => $" = {(int)letter}",
        double.PositiveInfinity => " = Infinity",
        double.NegativeInfinity => " = -Infinity",
        Enum value => $" = {Number(value)}",
        var value => string.Create(CultureInfo.InvariantCulture, $" = {value}"),
    };

    private static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static string Name(Type type)
    {
        if (type.GetElementType() is { } element) { return Name(element) + (type.IsArray ? "[]" : ""); }
        if (type.IsGenericParameter) { return type.Name; }
        if (Nullable.GetUnderlyingType(type) is { } underlying) { return $"{Name(underlying)}?"; }
        if (Keywords.TryGetValue(type, out var keyword)) { return keyword; }
        var arguments = type.GetGenericArguments()[(type.DeclaringType?.GetGenericArguments().Length ?? 0)..];
        var generics = arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";
        return $"{(type.DeclaringType is { } parent ? Name(parent) : type.Namespace)}.{type.Name.Split('`')[0]}{generics}";
    }
}
