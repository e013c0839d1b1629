namespace DepthPro.Notebooks;

/// <summary>Markup to be shown as it is, from <c>HTML(…)</c>.</summary>
/// <param name="Text">The markup.</param>
internal sealed record HtmlText(string Text);
