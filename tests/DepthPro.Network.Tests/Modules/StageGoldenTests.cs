using DepthPro.Tests;

namespace DepthPro.Network.Tests.Modules;

/// <summary>Every stage of the network against what the reference computed there.</summary>
/// <remarks>Tolerance: eight times the reference's own float32 rounding where it was measured (micro/float32_error.json), else 2e-5 of the tensor's largest value.</remarks>
public sealed class StageGoldenTests(MicroNetwork network) : IClassFixture<MicroNetwork>
{
    private const string Photo = "micro/a_200x150";

    [Theory]
    [InlineData("pe_tokens", "encoder.patch_encoder")]
    [InlineData("hook0_tokens", "encoder.patch_encoder.blocks.0")]
    [InlineData("hook1_tokens", "encoder.patch_encoder.blocks.2")]
    [InlineData("ie_tokens", "encoder.image_encoder")]
    [InlineData("latent0_merged", "encoder.latent0")]
    [InlineData("latent1_merged", "encoder.latent1")]
    [InlineData("x0_merged", "encoder.x0")]
    [InlineData("x1_merged", "encoder.x1")]
    [InlineData("enc_latent0", "encoder.upsample_latent0")]
    [InlineData("enc_latent1", "encoder.upsample_latent1")]
    [InlineData("enc_x0", "encoder.upsample0")]
    [InlineData("enc_x1", "encoder.upsample1")]
    [InlineData("enc_global", "encoder.fuse_lowres")]
    [InlineData("decoder_conv1", "decoder.convs.1")]
    [InlineData("decoder_conv2", "decoder.convs.2")]
    [InlineData("decoder_conv3", "decoder.convs.3")]
    [InlineData("decoder_conv4", "decoder.convs.4")]
    [InlineData("lowres_features", "decoder.convs.4")]
    [InlineData("decoder_fusion4", "decoder.fusions.4")]
    [InlineData("decoder_fusion3", "decoder.fusions.3")]
    [InlineData("decoder_fusion2", "decoder.fusions.2")]
    [InlineData("decoder_fusion1", "decoder.fusions.1")]
    [InlineData("decoder_fusion0", "decoder.fusions.0")]
    [InlineData("decoder_features", "decoder.fusions.0")]
    [InlineData("head0", "head.0")]
    [InlineData("head1", "head.1")]
    [InlineData("head2", "head.2")]
    [InlineData("head4_pre_relu", "head.4")]
    [InlineData("canonical_inverse_depth", "canonical_inverse_depth")]
    [InlineData("fov_vit_tokens", "fov.encoder.0")]
    [InlineData("fov_linear", "fov.encoder.1")]
    [InlineData("fov_downsample", "fov.downsample")]
    [InlineData("fov_head0", "fov.head.0")]
    [InlineData("fov_head2", "fov.head.2")]
    [InlineData("fov_head4", "fov.head.4")]
    public void Computes_what_the_reference_computes_when_given_its_weights(string golden, string module)
    {
        var expected = Goldens.Tensor(Photo, golden);

        expected.AssertClose(network[module], Tolerance(golden, expected));
    }

    [Theory]
    [InlineData("pe_after_pos_p0", "encoder.patch_encoder.pos_embed", 0)]
    [InlineData("pe_block0_norm1_p0", "encoder.patch_encoder.blocks.0.norm1", 0)]
    [InlineData("pe_block0_attn_p0", "encoder.patch_encoder.blocks.0.attn", 0)]
    [InlineData("pe_block0_mlp_p0", "encoder.patch_encoder.blocks.0.mlp", 0)]
    [InlineData("pe_block0_out_p0", "encoder.patch_encoder.blocks.0", 0)]
    [InlineData("pe_block1_out_p0", "encoder.patch_encoder.blocks.1", 0)]
    [InlineData("pe_block2_out_p0", "encoder.patch_encoder.blocks.2", 0)]
    [InlineData("pe_block3_out_p0", "encoder.patch_encoder.blocks.3", 0)]
    [InlineData("pe_tokens_p0", "encoder.patch_encoder", 0)]
    [InlineData("pe_tokens_p30", "encoder.patch_encoder", 30)]
    [InlineData("pe_tokens_p34", "encoder.patch_encoder", 34)]
    public void Computes_what_the_reference_computes_when_looking_at_one_patch(string golden, string module, int patch)
    {
        var expected = Goldens.Tensor(Photo, golden);

        expected.AssertClose(OnePatch(network[module], patch), Tolerance(golden, expected));
    }

    [Fact]
    public void Embeds_patches_as_the_reference_does_but_for_the_order_of_dimensions()
    {
        var expected = Goldens.Tensor(Photo, "pe_patch_embed_p0"); // NHWC
        var (grid, width) = (expected.Shape[0], expected.Shape[2]);
        var got = OnePatch(network["encoder.patch_encoder.patch_embed.proj"], 0); // NCHW
        var nhwc = new float[got.Length];
        for (var i = 0; i < got.Length; i++) { nhwc[i % (grid * grid) * width + i / (grid * grid)] = got[i]; }

        expected.AssertClose(nhwc, Tolerance("pe_patch_embed_p0", expected));
    }

    [Theory]
    [InlineData("net_input")]
    [InlineData("patches_level0")]
    [InlineData("patches_level1")]
    public void Reads_what_the_reference_reads(string golden)
    {
        var expected = Goldens.Tensor(Photo, golden);
        var patches = network["patches"];
        var length = patches.Length / 35;
        var got = golden switch
        {
            "net_input" => MicroNetwork.Input("a_200x150"),
            "patches_level0" => patches[..(25 * length)],
            _ => patches[(25 * length)..(34 * length)],
        };

        expected.AssertClose(got, Tolerance(golden, expected));
    }

    internal static double Tolerance(string golden, GoldenTensor expected)
    {
        const double TimesTheReferencesRounding = 8, OfLargest = 2e-5;
        var measured = Goldens.Json("micro", "float32_error.json");
        return measured.TryGetProperty(golden, out var error)
            ? TimesTheReferencesRounding * error.GetProperty("max_abs").GetDouble()
            : OfLargest * expected.AbsMax;
    }

    private static float[] OnePatch(float[] values, int patch)
    {
        var length = values.Length / 35;
        return values[(patch * length)..((patch + 1) * length)];
    }
}
