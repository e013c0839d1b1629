using Spectre.Console;

namespace DepthPro.Cli;

/// <summary>One line on stderr that says what is being done; nothing where stderr is no terminal.</summary>
internal sealed class ProgressLine(int total) : IDisposable
{
    private const string ClearLine = "\r\u001b[2K"; // back to the start, erase the line

    private readonly IAnsiConsole? _console = Console.IsErrorRedirected ? null : AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
    private int _begun;

    /// <summary>Whether stderr is a terminal that can show it.</summary>
    public bool IsShown => _console is { Profile.Capabilities.Ansi: true };

    public void Show(string what) => Write($"{++_begun}/{total}  {what}");

    public void Show(double share) => Write($"{share:P0}");

    public void ShowText(string text) => Write(text);

    public void Clear() => Write("");

    public void Dispose() => Clear();

    private void Write(string text)
    {
        if (_console is { Profile.Capabilities.Ansi: true }) { Console.Error.Write($"{ClearLine}{(text.Length <= _console.Profile.Width - 1 ? text : text[..(_console.Profile.Width - 1)])}"); }
    }
}
