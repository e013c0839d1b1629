using DepthPro.Training.Data;

namespace DepthPro.Training.Tests.Data;

public sealed class TrainingMixTests
{
    private readonly PreparedPhoto _photo = new(Networks.Tiny.InputSize, Networks.Tiny.OutputSize);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 1, 0.5)]
    [InlineData(0.01, 10, 1)]
    public void Draws_from_each_set_as_its_weight_says_at_any_time(double a, double b, double c)
    {
        MadeUpSet[] sets = [new() { Weight = a }, new() { Weight = b }, new() { Weight = c }];
        var mix = new TrainingMix(sets, 1);

        for (var draws = 1; draws <= 60; draws++)
        {
            Draw(mix);
            Assert.All(sets, set => Assert.InRange(set.Draws.Count - draws * set.Weight / (a + b + c), -1, 1));
        }
        Assert.All(sets, set => Assert.Equal(Enumerable.Range(0, set.Draws.Count).Select(i => (long)i), set.Draws));
    }

    [Fact]
    public void Goes_on_after_skipped_draws_as_after_real_ones()
    {
        (TrainingMix Mix, MadeUpSet[] Sets) Fresh()
        {
            MadeUpSet[] sets = [new() { Weight = 2 }, new() { Weight = 5 }];
            return (new(sets, 4), sets);
        }
        var (drawn, skipped) = (Fresh(), Fresh());
        for (var i = 0; i < 9; i++) { Draw(drawn.Mix); }
        skipped.Mix.Skip(9);
        foreach (var set in drawn.Sets) { set.Draws.Clear(); }

        for (var i = 0; i < 9; i++)
        {
            var expected = Draw(drawn.Mix);
            Assert.Equal(expected, Draw(skipped.Mix));
        }
        Assert.Equal(drawn.Sets.Select(set => set.Draws), skipped.Sets.Select(set => set.Draws));
    }

    [Fact]
    public void A_set_that_fails_ends_the_loading_with_its_message_after_the_batches_before()
    {
        var set = new MadeUpSet(count: 9) { Spoil = (index, _) => { if (index == 4) { throw new InvalidDataException("Number four."); } } };
        using var loader = new BatchLoader(new TrainingMix([set], 1), photos: 2, AugmentationOptions.None, Networks.Tiny);

        loader.Next();
        loader.Next();
        Assert.Equal("Number four.", Assert.Throws<InvalidDataException>(loader.Next).Message);
        Assert.Equal("Number four.", Assert.Throws<InvalidDataException>(loader.Next).Message);
    }

    private float[] Draw(TrainingMix mix)
    {
        mix.Draw(_photo, new(), Networks.Tiny);
        return [.. _photo.Pixels];
    }
}
