using DepthPro.Network;
using DepthPro.Patches;
using DepthPro.Preprocessing;
using DepthPro.Scoring;
using DepthPro.Tests;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Transforms.Tests.Patches;

public sealed class DepthPatchesTests
{
    private const int Size = 512, PatchSize = 128, PatchLength = 3 * PatchSize * PatchSize;

    private static readonly NetworkConfig Micro = new() { Vit = new() { ImageSize = PatchSize, PatchSize = 16 } };

    [Theory]
    [InlineData("patches_level0", 0, 25)]
    [InlineData("patches_level1", 25, 9)]
    [InlineData("pyramid_x2", 34, 1)]
    public void Equal_the_reference_bit_for_bit(string tensor, int first, int count) =>
        Goldens.Tensor("micro/a_200x150", tensor).AssertClose(Extract(NetworkInput()).AsSpan(first * PatchLength, count * PatchLength), 0);

    [Fact]
    public void Are_windows_that_overlap_by_a_quarter_and_by_half()
    {
        var input = NetworkInput();
        var (half, patches) = (new float[3 * Size / 2 * Size / 2], Extract(input));
        Pyramid.Level(input, Size, 2, half);
        for (var i = 0; i < patches.Length; i += 97)
        {
            var (patch, channel, y, x) = (i / PatchLength, i / (PatchSize * PatchSize) % 3, i / PatchSize % PatchSize, i % PatchSize);
            if (patch < 25) { Assert.Equal(input[(channel * Size + patch / 5 * 96 + y) * Size + patch % 5 * 96 + x], patches[i]); }
            else if (patch < 34) { Assert.Equal(half[(channel * 256 + (patch - 25) / 3 * 64 + y) * 256 + (patch - 25) % 3 * 64 + x], patches[i]); }
        }
    }

    [Fact]
    public void Are_the_same_cut_by_ONNX_Runtime_for_devices()
    {
        var input = NetworkInput();
        using var session = new InferenceSession(PatchSplit.Model(Micro));
        using var tensor = OrtValue.CreateTensorValueFromMemory(input, [1, 3, Size, Size]);
        using var run = new RunOptions();

        using var results = session.Run(run, [PatchSplit.Input], [tensor], [PatchSplit.Name]);

        var expected = Extract(input);
        var got = results[0].GetTensorDataAsSpan<float>();
        Assert.Equal(expected.Length, got.Length);
        for (var i = 0; i < got.Length; i++) { Assert.Equal(expected[i], got[i], 1e-6); }
    }

    [Fact]
    public void Number_35_of_3_x_P_x_P()
    {
        Assert.Equal(35 * PatchLength, DepthPatches.LengthOf(Micro));
        Assert.Equal(35 * 3 * 384 * 384, DepthPatches.LengthOf(new()));
    }

    [Fact]
    public void Refuse_spans_that_do_not_fit_the_network()
    {
        Assert.Contains("networkInput has 3 values; expected 3 x 512 x 512 = 786432", Assert.Throws<ArgumentException>(() => DepthPatches.Extract(new float[3], Micro, [])).Message);
        Assert.Contains("patches has 3 values; expected 35 x 3 x 128 x 128 = 1720320", Assert.Throws<ArgumentException>(() => DepthPatches.Extract(new float[3 * Size * Size], Micro, new float[3])).Message);
    }

    private static float[] NetworkInput()
    {
        var input = new float[3 * Size * Size];
        DepthInput.Prepare(Photo.FromFile(Goldens.PathOf("micro", "a_200x150.png")), Size, input);
        return input;
    }

    private static float[] Extract(float[] input)
    {
        var patches = new float[DepthPatches.LengthOf(Micro)];
        DepthPatches.Extract(input, Micro, patches);
        return patches;
    }
}
