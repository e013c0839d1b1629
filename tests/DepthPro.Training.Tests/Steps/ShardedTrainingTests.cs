using DepthPro.Training.Tests.Gradients;

namespace DepthPro.Training.Tests.Steps;

public sealed class ShardedTrainingTests
{
    // Of the largest: float32 may see a ReLU's input on the other side of 0.
    private const float Tolerance = 2e-3f;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Shards_of_one_photo_learn_what_one_shard_of_all_photos_does(int shards)
    {
        const float Rate = 0.01f;
        var proportional = new AdamOptions { Epsilon = 1e6f, LargestNorm = 1e6f }; // steps as long as the gradient
        using var together = TinyTraining.Session(photos: shards, adam: proportional);
        using var sharded = TinyTraining.Session(shards: shards, adam: proportional);
        var before = TinyTraining.Saved(together);

        var norm = together.Step(Rate * proportional.Epsilon);
        Assert.Equal(norm, sharded.Step(Rate * proportional.Epsilon), Tolerance * norm);
        var (expected, got, losses) = (TinyTraining.Saved(together), TinyTraining.Saved(sharded), sharded.Output("loss").ToArray());

        Assert.Equal(shards, losses.Distinct().Count());
        Assert.Equal(together.Output("loss")[0], losses.Average(), 1e-5);
        Assert.All(before, tensor => FiniteDifferences.AssertClose(Steps(tensor.Value, expected[tensor.Key]), Steps(tensor.Value, got[tensor.Key]), Tolerance * norm, tensor.Key));

        double[] Steps(float[] from, float[] to) => [.. from.Zip(to, (x, y) => ((double)y - x) / Rate)];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Same_shards_give_the_same_bits_however_many_run_at_once(int atOnce)
    {
        using var one = TinyTraining.Session(shards: 3, atOnce: 3);
        using var other = TinyTraining.Session(shards: 3, atOnce: atOnce);
        for (var step = 0; step < 5; step++) { Assert.Equal(one.Step(0.01f), other.Step(0.01f)); }

        Assert.Equal(one.Output("loss"), other.Output("loss"));
        TinyTraining.AssertSame(TinyTraining.Saved(one), TinyTraining.Saved(other));
    }

    [Fact]
    public void State_of_one_number_of_shards_loads_into_another()
    {
        var state = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.safetensors");
        try
        {
            using var two = TinyTraining.Session(shards: 2);
            for (var step = 0; step < 3; step++) { two.Step(0.01f); }
            two.SaveState(state);
            using var again = TinyTraining.Session(shards: 2);
            using var one = TinyTraining.Session(photos: 2);
            again.LoadState(state);
            one.LoadState(state);

            var norm = two.Step(0.01f);

            Assert.Equal(norm, again.Step(0.01f));
            Assert.Equal(norm, one.Step(0.01f), Tolerance * norm);
            Assert.Equal(4, one.Steps);
        }
        finally
        {
            File.Delete(state);
        }
    }

    [Fact]
    public void Gradient_of_one_shard_that_is_not_finite_changes_nothing()
    {
        using var session = TinyTraining.Session(shards: 2);
        var before = TinyTraining.Saved(session);
        session.Input("truth")[^1] = float.NaN;

        Assert.False(float.IsFinite(session.Step(0.01f)));
        TinyTraining.AssertSame(before, TinyTraining.Saved(session));
    }

    [Fact]
    public void Shards_are_counted()
    {
        Assert.Contains("shards", Assert.Throws<ArgumentOutOfRangeException>(() => TinyTraining.Session(shards: 0)).Message);
        Assert.Contains("atOnce", Assert.Throws<ArgumentOutOfRangeException>(() => TinyTraining.Session(atOnce: -1)).Message);
    }
}
