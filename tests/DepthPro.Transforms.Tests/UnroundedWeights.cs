using DepthPro.Network.Checkpoints;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests;

/// <summary>The micro network's weights, each changed by less than 0.1 % so that float16 cannot hold it exactly.</summary>
internal static class UnroundedWeights
{
    public static void Write(string path)
    {
        using var checkpoint = Checkpoint.Open(Goldens.PathOf("micro", "model.safetensors"));
        var random = new Random(17);
        SafetensorsWriter.Write(path, [.. checkpoint.Tensors.Values.Select(t => t with { Type = TensorType.Float32 })], info =>
        {
            var values = new float[info.Count];
            checkpoint.Read(info.Name, values);
            for (var i = 0; i < values.Length; i++) { values[i] *= 1 + 1e-3f * random.NextSingle(); }
            return values;
        });
    }
}
