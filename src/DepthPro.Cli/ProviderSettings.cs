using System.CommandLine;

namespace DepthPro.Cli;

/// <summary>Options for ONNX Runtime's execution provider, given as name=value, as often as there are any.</summary>
internal sealed class ProviderSettings
{
    private readonly string _name;

    /// <param name="name">The option's name.</param>
    /// <param name="aliases">Other names of it.</param>
    public ProviderSettings(string name, params string[] aliases)
        => (_name, Option) = (name, new(name, aliases) { Description = "An option of ONNX Runtime's execution provider, as name=value; may be given again." });

    public Option<string[]> Option { get; }

    /// <exception cref="UsageException">One has no name or no value.</exception>
    public IReadOnlyDictionary<string, string> Read(ParseResult parsed)
    {
        var settings = new Dictionary<string, string>();
        foreach (var text in parsed.GetValue(Option) ?? [])
        {
            var equals = text.IndexOf('=');
            if (equals <= 0) { throw new UsageException($"{_name} '{text}' has no name and value; expected name=value."); }
            settings[text[..equals]] = text[(equals + 1)..];
        }
        return settings;
    }
}
