namespace DepthPro.Notebooks;

/// <summary>What .NET Interactive lets every cell call.</summary>
/// <param name="show">Takes what is shown.</param>
public sealed class KernelFunctions(Action<object> show)
{
#pragma warning disable IDE1006, CA1707 // named as .NET Interactive names them
    /// <summary>Shows a value.</summary>
    /// <param name="value">As its type shows.</param>
    public void display(object value) => show(value);

    /// <summary>Markup to be shown as it is.</summary>
    /// <param name="markup">HTML.</param>
    public object HTML(string markup) => new HtmlText(markup);
#pragma warning restore IDE1006, CA1707
}
