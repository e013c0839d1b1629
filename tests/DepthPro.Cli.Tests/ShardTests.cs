namespace DepthPro.Cli.Tests;

public sealed class ShardTests
{
    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("3/8", 3, 8)]
    [InlineData("8/8", 8, 8)]
    public void Is_read(string text, int number, int count)
    {
        Assert.True(Shard.TryParse(text, out var shard));
        Assert.Equal((new Shard(number, count), text), (shard, $"{shard}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0/1")]
    [InlineData("2/1")]
    [InlineData("-1/2")]
    [InlineData("1/2/3")]
    [InlineData("1/ 2")]
    [InlineData("1/99999999999")]
    public void Is_not_read_where_it_is_none(string text) => Assert.False(Shard.TryParse(text, out _));

    [Fact]
    public void Each_photo_is_in_one_shard_and_shards_are_about_as_large()
    {
        const int Photos = 1000, Shards = 7;
        var counts = new int[Shards];
        for (var i = 0; i < Photos; i++) { counts[Enumerable.Range(0, Shards).Single(shard => new Shard(shard + 1, Shards).Holds($"folder/{i:d4}.jpg"))]++; }

        Assert.All(counts, count => Assert.InRange(count, 100, 190));
    }

    // Jobs on several machines, and of several versions, must agree: the first 8 bytes of SHA-256, little endian, modulo 3.
    [Theory]
    [InlineData("a.jpg", 2)]
    [InlineData("b.jpg", 1)]
    [InlineData("sub/a.jpg", 1)]
    [InlineData("é.png", 3)]
    public void A_photos_shard_stays_what_it_is(string relativePath, int number) => Assert.True(new Shard(number, 3).Holds(relativePath));
}
