namespace DepthPro.Training;

/// <summary>Parameters that learn at one rate. A parameter belongs to the first group that holds it; one that belongs to none is frozen. Thread-safe if its function is.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Holds">Whether a parameter, by its name in the checkpoint, belongs to the group.</param>
public sealed record ParameterGroup(string Name, Func<string, bool> Holds)
{
    /// <summary>Every parameter.</summary>
    public static ParameterGroup All { get; } = new("all", _ => true);
}
