using System.Collections;
using System.Reflection;

namespace DepthPro.Notebooks;

/// <summary>How a value shows in a notebook, found as .NET Interactive finds it: by an attribute named TypeFormatterSourceAttribute, whose source makes formatters with MimeType and Format. Thread-safe.</summary>
internal static class RichOutput
{
    private const string AttributeName = "TypeFormatterSourceAttribute";

    /// <summary>The value's contents by MIME type; plain text always.</summary>
    public static IReadOnlyDictionary<string, string> Of(object value)
    {
        var data = new Dictionary<string, string> { [CellOutput.PlainText] = Plain(value) };
        if (value is HtmlText html) { data[CellOutput.Html] = html.Text; }
        foreach (var formatter in Formatters(value.GetType()))
        {
            var mimeType = formatter.GetType().GetProperty("MimeType")?.GetValue(formatter) as string
                ?? throw new InvalidOperationException($"A formatter of {value.GetType()} has no MimeType.");
            using var writer = new StringWriter();
            var format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)]) ?? throw new InvalidOperationException($"A formatter of {value.GetType()} has no Format(object, TextWriter).");
            if (format.Invoke(formatter, [value, writer]) is true) { data[mimeType] = writer.ToString(); }
        }
        return data;
    }

    private static IEnumerable<object> Formatters(Type type)
    {
        foreach (var attribute in type.GetCustomAttributes(inherit: true).Where(attribute => attribute.GetType().Name == AttributeName))
        {
            if (attribute.GetType().GetProperty("FormatterSourceType")?.GetValue(attribute) is not Type source) { continue; }
            var made = source.GetMethod("CreateTypeFormatters", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.Invoke(Activator.CreateInstance(source, nonPublic: true), null);
            foreach (var formatter in made as IEnumerable ?? Array.Empty<object>()) { yield return formatter; }
        }
    }

    private static string Plain(object value) => value switch
    {
        HtmlText => "HTML",
        string text => text,
        IEnumerable items => string.Join('\n', items.Cast<object?>()),
        _ => value.ToString() ?? "",
    };
}
