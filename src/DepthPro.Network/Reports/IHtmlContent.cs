namespace DepthPro.Network.Reports;

/// <summary>Something that notebooks show as HTML.</summary>
internal interface IHtmlContent
{
    /// <summary>HTML that needs no other file and gets along with whatever else is on the page.</summary>
    string ToHtml();
}
