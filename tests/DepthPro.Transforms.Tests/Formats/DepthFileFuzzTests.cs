using DepthPro.Formats;
using DepthPro.Tests;
using DepthPro.Transforms.Tests.Imaging;
using Xunit.Abstractions;

namespace DepthPro.Transforms.Tests.Formats;

/// <summary>The readers of depth files, given damaged ones; <see cref="MutationFuzz"/>.</summary>
public sealed class DepthFileFuzzTests(ITestOutputHelper output)
{
    private const int Always = 400;

    // What the smallest files may claim and have: 1032 bytes for one that is packed, of a byte each, which become floats.
    private const long Packed = 8 << 20;

    private static readonly byte[][] Words = [.. new[] { "'descr': ", "'<f8'", "'|O'", "True", "(1, 2)", "99999999999", "[('a', '<f4')]", "IHDR", "IDAT", "IEND", "PLTE", "PK\x01\x02", "PK\x05\x06", "Pf\n", "-1\n", "cam0=[", "baseline=", "1e308", "nan" }.Select(System.Text.Encoding.Latin1.GetBytes)];

    private static readonly Dictionary<string, Func<MutationFuzz>> Readers = new()
    {
        ["npy"] = () => new("npy", Seeds("version1.npy", "version2.npy", "channel_f.npy"), ReadDepth) { Words = Words },
        ["npz"] = () => new("npz", Seeds("depth_among_others.npz", "only.npz"), ReadDepth) { Words = Words, Constant = Packed },
        ["png"] = () => new("png", [.. Seeds("millimeters.png"), TestPng.OfRows(3, 2, 16, TestPng.Grey, new byte[6])], ReadDepth) { Words = Words, Constant = Packed },
        ["png with new checksums"] = () => new("png with new checksums", [.. Seeds("millimeters.png"), TestPng.OfRows(3, 2, 16, TestPng.Grey, new byte[6])], ReadDepth) { Words = Words, Constant = Packed, Wrap = WithChecksums },
        ["pfm"] = () => new("pfm", Seeds("netpbm_little.pfm", "netpbm_big.pfm"), ReadDepth) { Words = Words },
        ["mask"] = () => new("mask", Seeds("matte_grey_alpha.png", "matte_palette.png", "matte_rgb.png", "inside.png", "depth_among_others.npz"), file => DepthFile.ReadMask(new MemoryStream(file), null, "fuzz")) { Words = Words, Constant = Packed, Wrap = WithChecksums },
        ["calibration"] = () => new("calibration", ["cam0=[100 0 2; 0 100 2; 0 0 1]\ndoffs=1\nbaseline=10\nwidth=1\nheight=2\n"u8.ToArray()],
            file => StereoCalibration.Parse(System.Text.Encoding.UTF8.GetString(file), "fuzz").ToMeters(new(1, 2, [1, float.NaN]), "fuzz"))
        { Words = Words },
    };

    public static TheoryData<string> Names => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Refuses_damaged_files_in_time_and_bounded_memory(string reader) => output.WriteLine(Readers[reader]().Run(Always, seed: 0));

    [FuzzFact]
    public void Refuses_as_many_damaged_files_as_asked_for()
    {
        foreach (var reader in Readers.Values) { output.WriteLine(reader().Run(FuzzFactAttribute.Inputs, FuzzFactAttribute.Seed)); }
    }

    private static byte[][] Seeds(params string[] files) => [.. files.Select(DepthGoldens.Bytes)];

    private static void ReadDepth(byte[] file) => DepthFile.ReadDepth(new MemoryStream(file), new(), isDisparity: false, "fuzz");

    // Damage is to come as far as the decoder.
    private static byte[] WithChecksums(byte[] file)
    {
        if (!file.AsSpan().StartsWith(PngFile.Signature)) { return file; }
        var png = new List<byte>(PngFile.Signature.ToArray());
        for (var at = PngFile.Signature.Length; file.Length - at >= 12;)
        {
            var length = (int)Math.Min(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at)), file.Length - at - 12);
            png.AddRange(TestPng.Chunk(file.AsSpan(at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += length + 12;
        }
        return [.. png];
    }
}
