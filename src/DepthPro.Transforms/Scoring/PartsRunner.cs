using System.Runtime.InteropServices;
using DepthPro.Network;
using DepthPro.Patches;
using DepthPro.Scoring.Devices;

namespace DepthPro.Scoring;

/// <summary>Runs a network in parts: the patch encoder a few patches at a time, the field-of-view encoder only when it is asked for.</summary>
internal sealed class PartsRunner : NetworkRunner
{
    // Of the largest activation of one run on the CPU, for all its patches. At full size that is 5 patches: more are not faster, and take more memory.
    private const long MostActivationBytes = 112L << 20;

    private readonly NetworkConfig _config;
    private readonly int _patchesPerRun; // 0: by the device
    private readonly DeviceSession _device;
    private readonly List<NetworkPart> _parts = [];
    private readonly NetworkPart _patchEncoder, _imageEncoder, _decoder;
    private readonly NetworkPart? _fieldOfView;

    public PartsRunner(DepthProModel model, NetworkConfig config, DeviceSession device, ScoringOptions options)
    {
        (_config, _device, _patchesPerRun) = (config, device, options.PatchesPerRun);
        var turn = options.ResidentWeights.Resolve(model) == ResidentWeights.OneStage ? new Lock() : null;
        try
        {
            NetworkPart Part(string name)
            {
                var part = new NetworkPart(name, () => model.PartPath(name) is { } path ? device.Open(path) : device.Open(DemoResource.PartBytes(name, device.Form)), turn);
                _parts.Add(part);
                if (!device.IsCpu) { part.TryOut(); }
                return part;
            }
            (_patchEncoder, _imageEncoder, _decoder) = (Part(ModelParts.PatchEncoder), Part(ModelParts.ImageEncoder), Part(ModelParts.Decoder));
            _fieldOfView = config.FieldOfView ? Part(ModelParts.FieldOfView) : null;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override DepthScore Score(ReadOnlyMemory<float> networkInput, bool estimateFieldOfView)
    {
        var patches = GC.AllocateUninitializedArray<float>(_config.PatchCount * PatchLength);
        DepthPatches.Extract(networkInput.Span, _config, patches);
        return ScorePatches(patches, estimateFieldOfView);
    }

    public override DepthScore ScorePatches(ReadOnlyMemory<float> patches, bool estimateFieldOfView)
    {
        if (estimateFieldOfView && _fieldOfView is null) { throw new InvalidOperationException("This network has no field-of-view head (fieldOfView is false in its network.json). Give a focal length."); }
        var (count, finest, side) = (_config.PatchCount, _config.PatchLevels[0].Count, _config.Vit.ImageSize);
        var (tokens, hook0, hook1, image) = (NewTokens(count), NewTokens(count), NewTokens(count), NewTokens(1));
        var pixels = MemoryMarshal.AsMemory(patches); // ONNX Runtime takes writable memory for inputs too, and only reads them
        _patchEncoder.Use(session =>
        {
            var most = _patchesPerRun != 0 ? _patchesPerRun : _device.IsCpu ? PatchesPerCpuRun : count;
            for (var first = 0; first < count; first += most)
            {
                var n = Math.Min(most, count - first);
                Run(session,
                    [new("patches", pixels.Slice(first * PatchLength, n * PatchLength), n, 3, side, side)],
                    [Tokens("tokens", tokens, first, n), Tokens("hook0_tokens", hook0, first, n), Tokens("hook1_tokens", hook1, first, n)]);
            }
        });

        var thumbnail = new Binding("thumbnail", pixels.Slice((count - 1) * PatchLength, PatchLength), 1, 3, side, side);
        _imageEncoder.Use(session => Run(session, [thumbnail], [Tokens(ModelParts.ImageTokens, image, 0, 1)]));

        var inverseDepth = GC.AllocateUninitializedArray<float>(_config.OutputSize * _config.OutputSize);
        var lowSide = _config.Vit.Grid << (_config.Upsampling - 2);
        var lowResolution = new Binding("lowres_features", new float[_config.DecoderWidth * lowSide * lowSide], 1, _config.DecoderWidth, lowSide, lowSide);
        _decoder.Use(session => Run(session,
            [Tokens("hook0_tokens", hook0, 0, finest), Tokens("hook1_tokens", hook1, 0, finest), Tokens("tokens", tokens, 0, count), Tokens(ModelParts.ImageTokens, image, 0, 1)],
            [new("canonical_inverse_depth", inverseDepth, 1, 1, _config.OutputSize, _config.OutputSize), lowResolution]));

        var features = new ImageFeatures(image, _config.ImageVit.Grid, _config.ImageVit.Width);
        if (!estimateFieldOfView || _fieldOfView is null) { return new(inverseDepth, float.NaN) { Features = features }; }
        var degrees = new float[1];
        _fieldOfView.Use(session => Run(session, [thumbnail, lowResolution], [new("field_of_view_degrees", degrees, 1, 1, 1, 1)]));
        return new(inverseDepth, degrees[0]) { Features = features };
    }

    public override void Dispose() => _parts.ForEach(part => part.Dispose());

    // A token's largest activation is the hidden layer's, or its scores with all tokens in all heads.
    private int PatchesPerCpuRun => (int)Math.Clamp(MostActivationBytes / (sizeof(float) * (long)_config.Vit.Tokens * Math.Max(_config.Vit.MlpRatio * _config.Vit.Width, _config.Vit.Heads * _config.Vit.Tokens)), 1, _config.PatchCount);

    private int PatchLength => 3 * _config.Vit.ImageSize * _config.Vit.ImageSize;

    private int TokensLength => _config.Vit.Tokens * _config.Vit.Width;

    private float[] NewTokens(int images) => GC.AllocateUninitializedArray<float>(images * TokensLength);

    private Binding Tokens(string name, float[] tokens, int first, int images)
        => new(name, tokens.AsMemory(first * TokensLength, images * TokensLength), images, _config.Vit.Tokens, _config.Vit.Width);
}
