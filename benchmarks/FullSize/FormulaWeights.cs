using System.Text;
using DepthPro.Network;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Modules;
using DepthPro.Tests;

namespace DepthPro.FullSize;

/// <summary>The full-size network's weights as a function of tensor name and index: the goldens' <c>weights_rule</c>.</summary>
internal static class FormulaWeights
{
    public const string Folder = "full_formula";

    private const string HeadWeight = "head.4.weight", HeadBias = "head.4.bias", FieldOfViewBias = "fov.head.4.bias";

    private static readonly float HeadWeightScale = Calibration("head4_weight_scale"), HeadBiasValue = Calibration("head4_bias"), FieldOfViewBiasValue = Calibration("fov_head4_bias");

    /// <summary>The published sizes.</summary>
    public static NetworkConfig Config { get; } = new();

    /// <summary>Every tensor that the network reads.</summary>
    public static IReadOnlyList<TensorInfo> Tensors(TensorType type)
        => [.. DepthProNetwork.Parts(Config).SelectMany(graph => graph.Parameters).Select(p => new TensorInfo(p.Path, type, p.CheckpointShape.ToArray()))];

    /// <summary>A tensor's values, calibrated so that the network gives plausible depth.</summary>
    public static float[] Read(TensorInfo tensor)
    {
        switch (tensor.Name)
        {
            case HeadBias: return [HeadBiasValue];
            case FieldOfViewBias: return [FieldOfViewBiasValue];
            default:
                var values = Uncalibrated(tensor.Name, tensor.Shape, (int)tensor.Count);
                for (var i = 0; tensor.Name == HeadWeight && i < values.Length; i++) { values[i] *= HeadWeightScale; }
                return values;
        }
    }

    private static float[] Uncalibrated(string name, IReadOnlyList<int> shape, int count)
    {
        var (center, range) = CenterAndRange(name, shape);
        var seed = Encoding.UTF8.GetBytes(name).Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u); // FNV-1a
        var values = GC.AllocateUninitializedArray<float>(count);
        for (var i = 0; i < values.Length; i++)
        {
            var x = (uint)i * 2654435761u + seed;
            x = (x ^ (x >> 16)) * 0x85ebca6bu; // MurmurHash3's finalizer
            x = (x ^ (x >> 13)) * 0xc2b2ae35u;
            x ^= x >> 16;
            values[i] = center + ((x >> 8) * (1f / (1 << 24)) - 0.5f) * range;
        }
        return values;
    }

    /// <summary>Throws unless the first values of some tensors are those that the goldens' network had.</summary>
    public static void Check()
    {
        var shapes = Tensors(TensorType.Float32).ToDictionary(t => t.Name);
        foreach (var check in Goldens.Json(Folder, "index.json").GetProperty("check_values").EnumerateObject())
        {
            float[] expected = [.. check.Value.EnumerateArray().Select(v => v.GetSingle())];
            var got = Uncalibrated(check.Name, shapes[check.Name].Shape, expected.Length);
            if (!expected.SequenceEqual(got))
            {
                throw new InvalidDataException($"The formula gives '{check.Name}' the first values {string.Join(", ", got)}; the goldens' network had {string.Join(", ", expected)}.");
            }
        }
    }

    /// <summary>The head's last value as it was before calibration.</summary>
    public static float HeadBeforeCalibration(float value) => (value - HeadBiasValue) / HeadWeightScale + Uncalibrated(HeadBias, [1], 1)[0];

    private static float Calibration(string name) => Goldens.Json(Folder, "index.json").GetProperty(name).GetSingle();

    private static (float Center, float Range) CenterAndRange(string name, IReadOnlyList<int> shape)
    {
        var parts = name.Split('.');
        var (module, kind) = (parts[^2], parts[^1]);
        var isBias = kind == "bias";
        if (module is "norm" or "norm1" or "norm2") { return isBias ? (0, 0.3f) : (1, 0.4f); }
        if (kind == "gamma") { return (0.3f, 0.2f); }
        if (kind is "cls_token" or "pos_embed") { return (0, 1); }
        if (isBias) { return (0, 0.2f); }
        var fan = shape.Skip(2).Aggregate((double)shape[1], (product, side) => product * side);
        return (0, (float)Math.Sqrt(12 / (IsTransposed(parts) ? shape[0] : fan)));
    }

    // Transposed convolutions, each of whose outputs sums over the input channels only.
    private static bool IsTransposed(string[] parts)
        => parts.Contains("deconv") || parts.Contains("upsample_lowres")
            || (parts is ["head", "1", _])
            || (parts is [_, var module, not "0", _] && module.StartsWith("upsample", StringComparison.Ordinal));
}
