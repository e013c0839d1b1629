namespace DepthPro.Network.Reports;

/// <summary>Writes an <see cref="IHtmlContent"/> in one form. .NET Interactive finds its members by their names and types: there is only one method Format.</summary>
/// <param name="mimeType">The form.</param>
/// <param name="text">What is written.</param>
internal sealed class NotebookFormatter(string mimeType, Func<IHtmlContent, string> text)
{
    public string MimeType { get; } = mimeType;

    /// <summary>False where the value is not its business: then .NET Interactive asks the next formatter.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not IHtmlContent content) { return false; }
        writer.Write(text(content));
        return true;
    }
}
