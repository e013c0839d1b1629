using DepthPro.Network;

namespace DepthPro.Patches;

/// <summary>Cuts the pyramid into the ViT-sized patches that the patch encoder sees. Pure; thread-safe.</summary>
/// <remarks>Source: ml-depth-pro, <c>network/encoder.py</c>, <c>DepthProEncoder.split</c> and <c>forward</c>; paper, section 3.1.</remarks>
public static class DepthPatches
{
    /// <summary>Number of values that <see cref="Extract"/> writes: 35 x 3 x P x P.</summary>
    public static int LengthOf(NetworkConfig config) => checked(config.PatchCount * 3 * config.Vit.ImageSize * config.Vit.ImageSize);

    /// <summary>Copies out 25 patches of scale 1, 9 of scale 1/2 and the one of scale 1/4, each scale row by row.</summary>
    /// <param name="networkInput">(3, S, S).</param>
    /// <param name="config">The network's sizes.</param>
    /// <param name="patches">Receives (35, 3, P, P).</param>
    /// <exception cref="ArgumentException">A span does not fit <paramref name="config"/>.</exception>
    public static void Extract(ReadOnlySpan<float> networkInput, NetworkConfig config, Span<float> patches)
    {
        ArgumentNullException.ThrowIfNull(config);
        Require(networkInput.Length, 3L * config.InputSize * config.InputSize, $"3 x {config.InputSize} x {config.InputSize}", nameof(networkInput));
        Require(patches.Length, LengthOf(config), $"{config.PatchCount} x 3 x {config.Vit.ImageSize} x {config.Vit.ImageSize}", nameof(patches));

        var patchSize = config.Vit.ImageSize;
        var patchLength = 3 * patchSize * patchSize;
        foreach (var level in config.PatchLevels)
        {
            var pixels = networkInput;
            if (level.Downscale != 1)
            {
                var scaled = GC.AllocateUninitializedArray<float>(3 * level.Size * level.Size);
                Pyramid.Level(networkInput, config.InputSize, level.Downscale, scaled);
                pixels = scaled;
            }
            for (var i = 0; i < level.Count; i++)
            {
                var (row, column) = (i / level.Steps, i % level.Steps);
                var patch = patches.Slice((level.First + i) * patchLength, patchLength);
                CopyWindow(pixels, level.Size, column * level.Stride, row * level.Stride, patch, patchSize);
            }
        }
    }

    private static void CopyWindow(ReadOnlySpan<float> pixels, int size, int left, int top, Span<float> patch, int patchSize)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            for (var y = 0; y < patchSize; y++)
            {
                pixels.Slice((channel * size + top + y) * size + left, patchSize).CopyTo(patch[((channel * patchSize + y) * patchSize)..]);
            }
        }
    }

    private static void Require(int length, long expected, string shape, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"Depth patches: {name} has {length} values; expected {shape} = {expected}.", name);
        }
    }
}
