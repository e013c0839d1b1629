using System.Runtime.InteropServices;
using DepthPro.Depth;
using DepthPro.Network;
using DepthPro.Scoring.Devices;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Scoring;

/// <summary>Runs a whole network in one ONNX file, ours or another's, whose interface was recognised.</summary>
internal sealed class SingleFileRunner(DepthProModel model, SingleFileInterface form, DeviceSession device) : NetworkRunner
{
    private readonly InferenceSession _session = device.Open(model.PartPath(DepthProModel.WholeName) ?? throw new ArgumentException("A single-file network is a file.", nameof(model)));

    public override DepthScore Score(ReadOnlyMemory<float> networkInput, bool estimateFieldOfView)
    {
        var (depth, scale) = (new float[form.OutputSize * form.OutputSize], new float[1]);
        int[] tokensShape = [1, 1 + form.TokenGrid * form.TokenGrid, form.TokenWidth];
        var tokens = form.ImageTokens is null ? null : new float[tokensShape[1] * tokensShape[2]];
        int[] Shape(Network.Onnx.OnnxTensor tensor, int side) => [.. Enumerable.Repeat(1, tensor.Shape.Count - 2), side, side];
        Run(_session,
            [new(form.Input.Name, MemoryMarshal.AsMemory(networkInput), 1, 3, form.InputSize, form.InputSize)],
            [new(form.Depth.Name, depth, Shape(form.Depth, form.OutputSize)), new(form.Scale.Name, scale, [.. Enumerable.Repeat(1, form.Scale.Shape.Count)]),
                .. tokens is null ? Array.Empty<Binding>() : [new(ModelParts.ImageTokens, tokens, tokensShape)]]);
        var fieldOfView = estimateFieldOfView || form.Flavor == SingleFileFlavor.MetricDepth ? FieldOfView(scale[0]) : float.NaN;
        if (form.Flavor == SingleFileFlavor.MetricDepth) { ToCanonical(depth, scale[0]); }
        return new(depth, estimateFieldOfView ? fieldOfView : float.NaN) { Features = tokens is null ? null : new(tokens, form.TokenGrid, form.TokenWidth) };
    }

    public override DepthScore ScorePatches(ReadOnlyMemory<float> patches, bool estimateFieldOfView)
        => throw new NotSupportedException("A network in a single ONNX file cuts its own patches. Score the network input, or convert the checkpoint to a model folder.");

    public override void Dispose() => _session.Dispose();

    // D = f / (W C) for a photo as wide as the network input, so C = f / (W D). The farthest depth stands for all beyond it, most of which had C = 0.
    private void ToCanonical(float[] depth, float focalLength)
    {
        var scale = focalLength / form.InputSize;
        for (var i = 0; i < depth.Length; i++) { depth[i] = depth[i] * MetricDepth.MinInverseDepth >= 1 ? 0 : scale / depth[i]; }
    }

    private float FieldOfView(float scale)
    {
        var (degrees, what) = form.Flavor == SingleFileFlavor.MetricDepth
            ? (FocalLength.ToFieldOfView(scale, form.InputSize), "a focal length in pixels")
            : (scale, "a field of view in degrees");
        return degrees is > 0 and < 180
            ? degrees
            : throw new InvalidDataException($"Output '{form.Scale.Name}' of '{model}' is {scale}; expected {what}. The file does not have the interface that its names promise.");
    }
}
