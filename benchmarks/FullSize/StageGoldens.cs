using DepthPro.Network.Modules;
using DepthPro.Patches;
using static DepthPro.FullSize.FormulaWeights;

namespace DepthPro.FullSize;

/// <summary>Runs the network part by part, what lies between the parts laid open, and holds every stage against the goldens.</summary>
internal sealed class StageGoldens(DepthProModel model, GoldenReport report)
{
    private const int PatchesPerRun = 7;

    private static readonly int Tokens = Config.Vit.Tokens * Config.Vit.Width, PatchLength = 3 * Config.Vit.ImageSize * Config.Vit.ImageSize;
    private static readonly int LowSide = Config.Vit.Grid << (Config.Upsampling - 2);

    private readonly float[] _patches = new float[Config.PatchCount * PatchLength];
    private readonly float[] _tokens = new float[Config.PatchCount * Tokens], _hook0 = new float[Config.PatchCount * Tokens], _hook1 = new float[Config.PatchCount * Tokens], _image = new float[Tokens];
    private readonly float[] _lowResolution = new float[Config.DecoderWidth * LowSide * LowSide];

    public void Compare(ReadOnlySpan<float> networkInput)
    {
        DepthPatches.Extract(networkInput, Config, _patches);
        StageClock.Measure("stages of patch encoder", PatchEncoder);
        StageClock.Measure("stages of image encoder", ImageEncoder);
        StageClock.Measure("stages of decoder", Decoder);
        StageClock.Measure("stages of field of view", FieldOfView);
    }

    private void PatchEncoder()
    {
        const string Attention = "encoder.patch_encoder.blocks.0.attn", Block = "encoder.patch_encoder.blocks.0";
        using var session = new StageSession(model, DepthProNetwork.PatchEncoder(Config), Attention, Block);
        for (var first = 0; first < Config.PatchCount; first += PatchesPerRun)
        {
            string[] wanted = ["tokens", "hook0_tokens", "hook1_tokens", .. first == 0 ? [Attention, Block] : (string[])[]];
            session.Run([Patches("patches", first, PatchesPerRun)], wanted, (name, values) =>
            {
                switch (name)
                {
                    case "tokens": values.CopyTo(_tokens.AsSpan(first * Tokens)); break;
                    case "hook0_tokens": values.CopyTo(_hook0.AsSpan(first * Tokens)); break;
                    case "hook1_tokens": values.CopyTo(_hook1.AsSpan(first * Tokens)); break;
                    default: report.Tensor(name == Block ? "pe_block0_out_p0" : "pe_block0_attn_p0", values[..Tokens]); break;
                }
            });
        }
        report.Tensor("hook0_tokens", _hook0);
        report.Tensor("hook1_tokens", _hook1);
        report.Tensor("pe_tokens", _tokens);
        report.Tensor("pe_tokens_p0", _tokens.AsSpan(0, Tokens));
        report.Tensor("pe_tokens_p34", _tokens.AsSpan(34 * Tokens, Tokens));
    }

    private void ImageEncoder()
    {
        using var session = new StageSession(model, DepthProNetwork.ImageEncoder(Config));
        session.Run([Patches("thumbnail", Config.PatchCount - 1, 1)], ["image_tokens"], (_, values) => values.CopyTo(_image));
        report.Tensor("ie_tokens", _image);
    }

    private void Decoder()
    {
        // Two runs, for together these maps take 2.6 GB.
        DecoderStages(new()
        {
            ["encoder.upsample_latent0"] = "enc_latent0",
            ["encoder.upsample_latent1"] = "enc_latent1",
            ["encoder.upsample0"] = "enc_x0",
            ["encoder.upsample1"] = "enc_x1",
            ["encoder.fuse_lowres"] = "enc_global",
            ["decoder.convs.4"] = "lowres_features",
            ["decoder.fusions.4"] = "decoder_fusion4",
            ["decoder.fusions.3"] = "decoder_fusion3",
            ["decoder.fusions.2"] = "decoder_fusion2",
            ["decoder.fusions.1"] = "decoder_fusion1",
            ["decoder.fusions.0"] = "decoder_fusion0",
            ["head.0"] = "head0",
            ["head.4"] = "head4_pre_relu_formula_bias",
        });
    }

    private void DecoderStages(Dictionary<string, string> goldens)
    {
        var finest = Config.PatchLevels[0].Count;
        using var session = new StageSession(model, DepthProNetwork.DecoderAndHead(Config), goldens.Keys);
        session.Run(
            [TokensOf("hook0_tokens", _hook0, finest), TokensOf("hook1_tokens", _hook1, finest), TokensOf("tokens", _tokens, Config.PatchCount), TokensOf("image_tokens", _image, 1)],
            [.. goldens.Keys], (name, values) =>
            {
                if (name == "decoder.convs.4") { values.CopyTo(_lowResolution); }
                report.Tensor(goldens[name], values, name == "head.4" ? HeadBeforeCalibration : null);
            });
    }

    private void FieldOfView()
    {
        const string Linear = "fov.encoder.1";
        using var session = new StageSession(model, DepthProNetwork.FieldOfView(Config), Linear);
        session.Run([Patches("thumbnail", Config.PatchCount - 1, 1), ("lowres_features", _lowResolution, [1, Config.DecoderWidth, LowSide, LowSide])],
            [Linear], (_, values) => report.Tensor("fov_linear", values));
    }

    private (string, Memory<float>, int[]) Patches(string name, int first, int count)
        => (name, _patches.AsMemory(first * PatchLength, count * PatchLength), [count, 3, Config.Vit.ImageSize, Config.Vit.ImageSize]);

    private static (string, Memory<float>, int[]) TokensOf(string name, float[] tokens, int images)
        => (name, tokens.AsMemory(0, images * Tokens), [images, Config.Vit.Tokens, Config.Vit.Width]);
}
