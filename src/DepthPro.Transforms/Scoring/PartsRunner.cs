using System.Runtime.InteropServices;
using DepthPro.Network;
using DepthPro.Patches;
using DepthPro.Scoring.Devices;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Scoring;

/// <summary>Runs a network in parts: the patch encoder some patches at a time, the field-of-view encoder only when it is asked for.</summary>
/// <remarks>Patches and their tokens stay in the memory of a CUDA device on which all parts are open: copied to the process's and back, they cost more time than the network.</remarks>
internal sealed class PartsRunner : NetworkRunner
{
    // Of the largest activation of one run on the CPU, for all its patches. At full size, where one patch's scores take 20.3 MB, that is one patch: on two cores, one of five took longer (docs/speed.md).
    // The same on every machine, for integers round by the range of all patches of a run.
    private const long MostActivationBytes = 24L << 20;

    private readonly NetworkConfig _config;
    private readonly int _patchesPerRun; // 0: by the device
    private readonly DeviceSession _device;
    private readonly List<NetworkPart> _parts = [];
    private readonly NetworkPart _patchEncoder, _imageEncoder, _decoder;
    private readonly NetworkPart? _fieldOfView;
    private readonly OrtAllocator? _deviceMemory; // null: the process's
    private readonly NetworkPart? _split;         // cuts patches in the device's memory; null: the CPU cuts them

    public PartsRunner(DepthProModel model, NetworkConfig config, DeviceSession device, ScoringOptions options)
    {
        (_config, _device, _patchesPerRun) = (config, device, options.PatchesPerRun);
        var turn = options.ResidentWeights.Resolve(model) == ResidentWeights.OneStage ? new Lock() : null;
        try
        {
            NetworkPart Opened(string name, Func<InferenceSession> open)
            {
                var part = new NetworkPart(name, open, turn);
                _parts.Add(part);
                if (!device.IsCpu) { part.TryOut(); }
                return part;
            }
            NetworkPart Part(string name) => Opened(name, () => model.PartPath(name) is { } path ? device.Open(path) : device.Open(DemoResource.PartBytes(name, device.Form)));
            (_patchEncoder, _imageEncoder, _decoder) = (Part(ModelParts.PatchEncoder), Part(ModelParts.ImageEncoder), Part(ModelParts.Decoder));
            _fieldOfView = config.FieldOfView ? Part(ModelParts.FieldOfView) : null;
            _deviceMemory = _patchEncoder.Resident is { } session ? device.MemoryOf(session) : null;
            var split = _deviceMemory is null ? null : Opened(PatchSplit.Name, () => device.Open(PatchSplit.Model(config)));
            _split = device.IsCpu ? null : split; // the device may have refused it
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override DepthScore Score(ReadOnlyMemory<float> networkInput, bool estimateFieldOfView)
    {
        if (_split is null)
        {
            var extracted = GC.AllocateUninitializedArray<float>(_config.PatchCount * PatchLength);
            DepthPatches.Extract(networkInput.Span, _config, extracted);
            return ScorePatches(extracted, estimateFieldOfView);
        }
        using var patches = NewTensor(_config.PatchCount, 3, PatchSide, PatchSide);
        _split.Use(session => Run(session, [new(PatchSplit.Input, MemoryMarshal.AsMemory(networkInput), 1, 3, _config.InputSize, _config.InputSize)], [new(PatchSplit.Name, patches.Whole)]));
        return Score(patches.Rows, estimateFieldOfView);
    }

    public override DepthScore ScorePatches(ReadOnlyMemory<float> patches, bool estimateFieldOfView)
    {
        var pixels = MemoryMarshal.AsMemory(patches); // ONNX Runtime takes writable memory for inputs too, and only reads them
        return Score((first, count) => Tensor(pixels.Slice(first * PatchLength, count * PatchLength), count, 3, PatchSide, PatchSide), estimateFieldOfView);
    }

    /// <summary>How many patches are encoded at a time where the choice is open, on the CPU.</summary>
    internal static int PatchesPerCpuRun(NetworkConfig config)
    {
        var vit = config.Vit;
        var largest = sizeof(float) * (long)vit.Tokens * Math.Max(vit.MlpRatio * vit.Width, vit.Heads * vit.Tokens); // the hidden layer, or the scores of all tokens with all in all heads
        return (int)Math.Clamp(MostActivationBytes / largest, 1, config.PatchCount);
    }

    public override void Dispose()
    {
        _deviceMemory?.Dispose();
        _parts.ForEach(part => part.Dispose());
    }

    private DepthScore Score(Func<int, int, OrtValue> patches, bool estimateFieldOfView)
    {
        if (estimateFieldOfView && _fieldOfView is null) { throw new InvalidOperationException("This network has no field-of-view head (fieldOfView is false in its network.json). Give a focal length."); }
        var (count, finest) = (_config.PatchCount, _config.PatchLevels[0].Count);
        TensorMemory NewTokens() => NewTensor(count, _config.Vit.Tokens, _config.Vit.Width);
        using var tokens = NewTokens();
        using var hook0 = NewTokens();
        using var hook1 = NewTokens();
        _patchEncoder.Use(session =>
        {
            var most = _patchesPerRun != 0 ? _patchesPerRun : _device.IsCpu ? PatchesPerCpuRun(_config) : count;
            for (var first = 0; first < count; first += most)
            {
                var (from, n) = (first, Math.Min(most, count - first));
                Run(session, [new("patches", () => patches(from, n))],
                    [new("tokens", () => tokens.Rows(from, n)), new("hook0_tokens", () => hook0.Rows(from, n)), new("hook1_tokens", () => hook1.Rows(from, n))]);
            }
        });

        var thumbnail = new Binding("thumbnail", () => patches(count - 1, 1));
        var image = GC.AllocateUninitializedArray<float>(_config.ImageVit.Tokens * _config.ImageVit.Width);
        var imageTokens = new Binding(ModelParts.ImageTokens, image, 1, _config.ImageVit.Tokens, _config.ImageVit.Width);
        _imageEncoder.Use(session => Run(session, [thumbnail], [imageTokens]));

        var inverseDepth = GC.AllocateUninitializedArray<float>(_config.OutputSize * _config.OutputSize);
        var lowSide = _config.Vit.Grid << (_config.Upsampling - 2);
        using var lowMap = NewTensor(1, _config.DecoderWidth, lowSide, lowSide);
        var lowResolution = new Binding("lowres_features", lowMap.Whole);
        _decoder.Use(session => Run(session,
            [new("hook0_tokens", () => hook0.Rows(0, finest)), new("hook1_tokens", () => hook1.Rows(0, finest)), new("tokens", tokens.Whole), imageTokens],
            [new("canonical_inverse_depth", inverseDepth, 1, 1, _config.OutputSize, _config.OutputSize), lowResolution]));

        var features = new ImageFeatures(image, _config.ImageVit.Grid, _config.ImageVit.Width);
        if (!estimateFieldOfView || _fieldOfView is null) { return new(inverseDepth, float.NaN) { Features = features }; }
        var degrees = new float[1];
        _fieldOfView.Use(session => Run(session, [thumbnail, lowResolution], [new("field_of_view_degrees", degrees, 1, 1, 1, 1)]));
        return new(inverseDepth, degrees[0]) { Features = features };
    }

    private int PatchSide => _config.Vit.ImageSize;

    private int PatchLength => 3 * PatchSide * PatchSide;

    private TensorMemory NewTensor(params int[] shape) => new(_deviceMemory ?? OrtAllocator.DefaultInstance, shape);
}
