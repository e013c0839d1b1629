namespace DepthPro.Training.Scenes;

/// <summary>Numbers from <paramref name="Low"/> to <paramref name="High"/>, both included. Immutable, thread-safe.</summary>
/// <param name="Low">The smallest; finite.</param>
/// <param name="High">The largest; finite, at least <paramref name="Low"/>. <see cref="SceneOptions"/> are checked when a scene is generated.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether <paramref name="value"/> lies between the ends or is one; never for NaN.</summary>
    public bool Contains(double value) => value >= Low && value <= High;

    /// <summary>As in <c>55..70</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Low}..{High}");
}
