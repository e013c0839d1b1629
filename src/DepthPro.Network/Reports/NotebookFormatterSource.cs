namespace DepthPro.Network.Reports;

/// <summary>What <see cref="TypeFormatterSourceAttribute"/> names: the ways to show an <see cref="IHtmlContent"/>. Created and called by .NET Interactive, by names.</summary>
internal sealed class NotebookFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
        [new NotebookFormatter("text/html", content => content.ToHtml()), new NotebookFormatter("text/plain", content => $"{content}")];
}
