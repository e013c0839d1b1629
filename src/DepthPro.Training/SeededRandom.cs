namespace DepthPro.Training;

/// <summary>Random numbers that are the same on every machine and in every version of .NET. Not thread-safe.</summary>
/// <remarks>SplitMix64. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.</remarks>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The generator of one numbered thing, such as a draw, that is independent of its neighbours'.</summary>
    public static SeededRandom Of(ulong seed, ulong number) => new(new SeededRandom(seed ^ new SeededRandom(number).Next()).Next());

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A generator of its own, so that what one part draws does not move the next part.</summary>
    public SeededRandom Fork() => new(Next());

    /// <summary>In [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Between(double low, double high) => low + (high - low) * Unit();

    public double Between(Scenes.Interval range) => Between(range.Low, range.High);

    /// <summary>More often near <paramref name="low"/>: half of the numbers lie in the first quarter.</summary>
    public double NearerLow(double low, double high)
    {
        var unit = Unit();
        return low + (high - low) * unit * unit;
    }

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Count(int low, int high) => low + (int)((high - low + 1) * Unit());

    public bool Chance(double probability) => Unit() < probability;

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Count(0, choices.Length - 1)];

    /// <summary>-1 or 1.</summary>
    public double Sign() => Chance(0.5) ? -1 : 1;
}
