namespace DepthPro.Training.Data;

/// <summary>Items drawn without end: every item once, in a random order, then every item again in another. Not thread-safe.</summary>
internal sealed class ShuffledOrder(int count)
{
    private readonly int[] _order = new int[count];
    private (long Epoch, ulong Seed) _shuffled = (-1, 0);

    public int this[long draw, ulong seed]
    {
        get
        {
            var epoch = draw / count;
            if ((epoch, seed) != _shuffled) { Shuffle(epoch, seed); }
            return _order[draw % count];
        }
    }

    private void Shuffle(long epoch, ulong seed)
    {
        var random = SeededRandom.Of(seed, (ulong)epoch);
        for (var i = 0; i < count; i++) { _order[i] = i; }
        for (var i = count - 1; i > 0; i--)
        {
            var other = random.Count(0, i);
            (_order[i], _order[other]) = (_order[other], _order[i]);
        }
        _shuffled = (epoch, seed);
    }
}
