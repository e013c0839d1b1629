using System.IO.Compression;
using System.Text;
using DepthPro.Formats;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class NpzReaderTests
{
    public static TheoryData<string> Arrays => [.. DepthGoldens.Arrays];

    [Theory]
    [MemberData(nameof(Arrays))]
    public void Reads_every_array_of_numpys_to_the_bit(string array)
    {
        foreach (var file in (string[])["arrays.npz", "arrays_compressed.npz"])
        {
            var map = Read(DepthGoldens.Bytes(file), array);

            DepthGoldens.AssertEqual(array, map.Values, map.Width, map.Height);
        }
    }

    [Theory]
    [InlineData("depth_among_others.npz", null)]
    [InlineData("depth_among_others.npz", "depth")]
    [InlineData("only.npz", null)]
    [InlineData("only.npz", "disparity")]
    [InlineData("several.npz", "b")]
    public void Takes_the_named_the_usual_or_the_only_array(string file, string? array)
    {
        var map = Read(DepthGoldens.Bytes(file), array);

        DepthGoldens.AssertEqual("depth", map.Values, map.Width, map.Height);
    }

    [Theory]
    [InlineData("several.npz", null, "has the arrays 'a', 'b'; expected 'depth' or only one. Say which it is: ArrayName")]
    [InlineData("several.npz", "depth", "has no array 'depth'; found 'a', 'b'")]
    [InlineData("arrays.npz", "x", "found 'big_f2_C', 'big_f2_F', 'big_f4_C', 'big_f4_F', 'big_f8_C', 'big_f8_F', 'big_i2_C', 'big_i2_F', 'big_i4_C', 'big_i4_F' and 32 more")]
    [InlineData("depth_among_others.npz", "focallength_px", "array 'focallength_px', has the shape ()")]
    public void Says_which_arrays_there_are(string file, string? array, string part) => Assert.Contains(part, Refused(DepthGoldens.Bytes(file), array));

    [Fact]
    public void Refuses_an_archive_without_arrays()
    {
        Assert.Contains("is a zip archive without arrays: found nothing", Refused(Zip()));
        Assert.Contains("without arrays: found 'a.txt', 'word/document.xml'; expected .npy files", Refused(Zip(("word/document.xml", "x"u8.ToArray()), ("a.txt", []))));
    }

    [Fact]
    public void Refuses_a_claim_that_no_compression_can_keep()
    {
        var bomb = Zip(("depth.npy", [.. TestNpy.Of("|u1", "16384, 16384", []), .. new byte[1000]]));
        Patch(bomb, 24, 1 << 28); // the length in the directory

        Assert.Contains("claims 268435456 bytes for zip entry 'depth.npy', of which it holds ", Refused(bomb));
        Assert.InRange(AllocatedByRefusing(bomb), 0, 1 << 18);
    }

    [Fact]
    public void Takes_memory_for_what_the_array_says_only_when_the_entry_has_it()
    {
        var bomb = Zip(("depth.npy", [.. TestNpy.Of("|u1", "16384, 16384", []), .. new byte[1 << 20]]));

        Assert.Contains("expects 268435", Refused(bomb));
        Assert.InRange(AllocatedByRefusing(bomb), 0, 1 << 18);
    }

    [Fact]
    public void Takes_the_memory_of_the_packed_bytes_and_the_values()
    {
        var file = Zip(("depth.npy", TestNpy.Of("<f4", "1000, 1000", new byte[4_000_000])));
        Read(file);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Read(file);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 4_000_000, 4_000_000 + file.Length + (1 << 18));
    }

    [Fact]
    public void Refuses_damage_in_the_values()
    {
        var stored = DepthGoldens.Bytes("only.npz");
        var at = stored.AsSpan().IndexOf(BitConverter.GetBytes(0.75f));
        stored[at] ^= 1;
        Assert.Contains("of another length or checksum than its directory says", Refused(stored));

        var packed = Zip(("depth.npy", TestNpy.Of("<f4", "20, 20", [.. Enumerable.Range(0, 400).SelectMany(i => BitConverter.GetBytes(1f / i))])));
        packed[200] ^= 0x55;
        Assert.Contains("a.npz", Refused(packed));
    }

    [Fact]
    public void Refuses_an_encrypted_or_strangely_packed_entry()
    {
        var file = Zip(("depth.npy", TestNpy.Of("<f4", "1, 1", new byte[4])));
        var strange = file.ToArray();
        strange[file.AsSpan().LastIndexOf("PK\x01\x02"u8) + 10] = 14; // LZMA
        Assert.Contains("compressed by method 14; expected it stored or deflated", Refused(strange));
        file[file.AsSpan().LastIndexOf("PK\x01\x02"u8) + 8] |= 1;
        Assert.Contains("encrypted", Refused(file));
    }

    [Fact]
    public void Refuses_an_archive_cut_off_anywhere()
    {
        foreach (var name in (string[])["only.npz", "depth_among_others.npz"])
        {
            var whole = DepthGoldens.Bytes(name);
            for (var length = 4; length < whole.Length; length += 7) { Assert.Contains("a.npz", Refused(whole[..length])); }
        }
    }

    internal static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(content);
            }
        }
        return file.ToArray();
    }

    // Overwrites 32 bits of the last entry in the directory.
    private static void Patch(byte[] zip, int offset, int value) => BitConverter.GetBytes(value).CopyTo(zip, zip.AsSpan().LastIndexOf("PK\x01\x02"u8) + offset);

    private static long AllocatedByRefusing(byte[] file)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(file);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Refused(byte[] file, string? array = null) => Assert.Throws<InvalidDataException>(() => Read(file, array)).Message;

    private static StoredMap Read(byte[] file, string? array = null) => NpzReader.Read(new MemoryStream(file), array, "depth", "a.npz");
}
