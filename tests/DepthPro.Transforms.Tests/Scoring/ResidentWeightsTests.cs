using DepthPro.Scoring;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Scoring;

public sealed class ResidentWeightsTests(MicroModels models) : IClassFixture<MicroModels>
{
    [Theory]
    [InlineData(null)]
    [InlineData(250f)]
    public void Gives_the_same_bits_when_one_part_is_in_memory_at_a_time(float? focalLength)
    {
        var (photo, model) = (Photo.FromFile(Goldens.PathOf("micro", "a_200x150.png")), models.Convert("depth_pro.pt"));
        using var all = DepthNetwork.Open(model, new() { ResidentWeights = ResidentWeights.All });
        using var oneStage = DepthNetwork.Open(model, new() { ResidentWeights = ResidentWeights.OneStage });

        var expected = all.Estimate(photo, focalLength);

        for (var round = 0; round < 2; round++)
        {
            var depth = oneStage.Estimate(photo, focalLength);
            Assert.Equal(expected.Meters.ToArray(), depth.Meters.ToArray());
            Assert.Equal(expected.FocalLengthPixels, depth.FocalLengthPixels);
        }
    }

    [Fact]
    public void Gives_the_same_bits_when_several_threads_take_turns()
    {
        var photo = Photo.FromFile(Goldens.PathOf("demo", "coffee_240x160.png"));
        using var network = DepthNetwork.Open(options: new() { ResidentWeights = ResidentWeights.OneStage });
        var expected = network.Estimate(photo).Meters.ToArray();

        Parallel.For(0, 4, _ => Assert.Equal(expected, network.Estimate(photo).Meters.ToArray()));
    }

    [Fact]
    public void Keeps_all_in_memory_when_there_is_room_for_two_and_a_half_times_the_weights()
    {
        var (single, half) = (models.Convert("depth_pro.pt"), models.Convert("depth_pro.pt", Network.Onnx.WeightPrecision.Float16));
        var bytes = single.Manifest?.Files.Sum(file => file.Bytes) ?? 0;

        Assert.Equal(ResidentWeights.All, ResidentWeights.Auto.Resolve(single, availableBytes: (5 * bytes + 1) / 2));
        Assert.Equal(ResidentWeights.OneStage, ResidentWeights.Auto.Resolve(single, availableBytes: 5 * bytes / 2 - 1));
        Assert.Equal(ResidentWeights.OneStage, ResidentWeights.Auto.Resolve(half, availableBytes: bytes)); // float16 is widened when opened
        var rounded = models.Convert("depth_pro.pt", Network.Onnx.WeightPrecision.Int8);
        Assert.Equal(ResidentWeights.OneStage, ResidentWeights.Auto.Resolve(rounded, availableBytes: 5 * (rounded.Manifest?.Files.Sum(file => file.Bytes) ?? 0) - 1)); // and activations stay float32
        var weightOnly = models.Convert("depth_pro.pt", Network.Onnx.WeightPrecision.Int4WeightOnly);
        Assert.Equal(ResidentWeights.OneStage, ResidentWeights.Auto.Resolve(weightOnly, availableBytes: 15 * (weightOnly.Manifest?.Files.Sum(file => file.Bytes) ?? 0) / 2 - 1));
        Assert.Equal(ResidentWeights.All, ResidentWeights.All.Resolve(single, availableBytes: 0));
        Assert.Equal(ResidentWeights.OneStage, ResidentWeights.OneStage.Resolve(single, availableBytes: long.MaxValue));
        Assert.Equal(ResidentWeights.All, ResidentWeights.Auto.Resolve(DepthProModel.Demo, availableBytes: 0));
    }
}
