using DepthPro.Training.Data;

namespace DepthPro.Training.Tests.Data;

public sealed class ShuffledOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(37)]
    public void Gives_every_item_once_in_each_epoch(int count)
    {
        var order = new ShuffledOrder(count);

        for (var epoch = 0; epoch < 3; epoch++)
        {
            Assert.Equal(Enumerable.Range(0, count), Enumerable.Range(0, count).Select(i => order[epoch * (long)count + i, 7]).Order());
        }
    }

    [Fact]
    public void Differs_from_epoch_to_epoch_and_from_seed_to_seed()
    {
        var order = new ShuffledOrder(50);
        int[] Epoch(int epoch, ulong seed) => [.. Enumerable.Range(0, 50).Select(i => order[epoch * 50 + i, seed])];

        Assert.NotEqual(Epoch(0, 1), Epoch(1, 1));
        Assert.NotEqual(Epoch(0, 1), Epoch(0, 2));
        Assert.NotEqual(Enumerable.Range(0, 50), Epoch(0, 1));
    }

    [Fact]
    public void Depends_on_number_and_seed_only()
    {
        var (forwards, backwards) = (new ShuffledOrder(11), new ShuffledOrder(11));
        int[] expected = [.. Enumerable.Range(0, 40).Select(i => forwards[i, 3])];

        Assert.Equal(expected.Reverse(), Enumerable.Range(0, 40).Reverse().Select(i => backwards[i, 3]));
    }
}
