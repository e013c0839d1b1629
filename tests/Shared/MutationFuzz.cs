using System.Buffers.Binary;
using System.Diagnostics;

namespace DepthPro.Tests;

/// <summary>
/// Gives a reader damaged files: seeds changed at random, reproducible by number. Only <see cref="InvalidDataException"/> may come out, in time, and
/// after allocating no more than twice the file and a constant. A file that breaks this is kept in the temporary folder, for a regression test.
/// </summary>
internal sealed class MutationFuzz(string reader, IReadOnlyList<byte[]> seeds, Action<byte[]> read)
{
    private const int MostChanges = 8, LongestBlock = 64;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);
    private static readonly long[] Interesting = [0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, long.MaxValue, long.MinValue, -1];

    private volatile int _at;

    /// <summary>Bytes that may be allocated beyond twice the file's length.</summary>
    public long Constant { get; init; } = 1 << 20;

    /// <summary>Text that is put into files besides random bytes.</summary>
    public IReadOnlyList<byte[]> Words { get; init; } = [];

    /// <summary>What becomes of a changed seed before it is read, such as an archive around it.</summary>
    public Func<byte[], byte[]> Wrap { get; init; } = static bytes => bytes;

    /// <summary>Reads <paramref name="inputs"/> files and says how that went in one line.</summary>
    public string Run(int inputs, int seed)
    {
        var (failure, summary) = ("", "");
        var thread = new Thread(() => (failure, summary) = ReadAll(inputs, seed)) { IsBackground = true };
        thread.Start();
        for (var before = -1; !thread.Join(Hang); before = _at)
        {
            Assert.True(_at != before, $"{reader}: input {_at} of seed {seed} is not read within {Hang.TotalSeconds} s: {Keep(Input(seed, _at), _at)}.");
        }
        Assert.True(failure.Length == 0, failure);
        return summary;
    }

    private (string Failure, string Summary) ReadAll(int inputs, int seed)
    {
        var (refused, mostAllocated, slowest, clock) = (0, 0L, TimeSpan.Zero, Stopwatch.StartNew());
        for (var i = 0; i < seeds.Count; i++)
        {
            try { read(Wrap(seeds[i])); } // which also allocates what is allocated once and for all
            catch (Exception exception) { return ($"{reader}: seed {i} is not read unchanged: {exception}", ""); }
        }
        for (_at = 0; _at < inputs; _at++)
        {
            var input = Wrap(Input(seed, _at));
            var (before, begun) = (GC.GetAllocatedBytesForCurrentThread(), clock.Elapsed);
            Exception? thrown = null;
            try { read(input); }
            catch (Exception exception) { thrown = exception; }
            var (allocated, took) = (GC.GetAllocatedBytesForCurrentThread() - before - 2L * input.Length, clock.Elapsed - begun);
            if (thrown is not (null or InvalidDataException)) { return ($"{reader}: input {_at} of seed {seed}, {Keep(input, _at)}: {thrown}", ""); }
            if (allocated > Constant) { return ($"{reader}: input {_at} of seed {seed}, {Keep(input, _at)}: {allocated} bytes are allocated beyond twice the file; expected at most {Constant}.", ""); }
            refused += thrown is null ? 0 : 1;
            mostAllocated = Math.Max(mostAllocated, allocated);
            slowest = took > slowest ? took : slowest;
        }
        return ("", $"{reader}: {inputs} inputs of seed {seed} in {clock.Elapsed.TotalSeconds:f1} s; {refused} refused, {inputs - refused} read; slowest {slowest.TotalMilliseconds:f1} ms, most allocated beyond twice the file {Math.Max(0, mostAllocated)} bytes");
    }

    private byte[] Input(int seed, int number)
    {
        var random = new Random(Mix(seed, number));
        var original = seeds[random.Next(seeds.Count)];
        List<byte> bytes = [.. original];
        for (var changes = random.Next(2) == 0 ? 1 : random.Next(2, MostChanges + 1); changes > 0 && bytes.Count > 0; changes--) { Change(bytes, random); }
        while (original.SequenceEqual(bytes)) { Change(bytes, random); }
        return [.. bytes];
    }

    private void Change(List<byte> bytes, Random random)
    {
        // Headers are at the beginning or at the end, and are what readers must doubt.
        var at = random.Next(3) switch { 0 => random.Next(bytes.Count), 1 => random.Next(Math.Min(bytes.Count, 256)), _ => bytes.Count - 1 - random.Next(Math.Min(bytes.Count, 256)) };
        var length = Math.Min(random.Next(1, LongestBlock), bytes.Count - at);
        switch (random.Next(9))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[at] = (byte)random.Next(256); break;
            case 2: Overwrite(bytes, at, Number(random)); break;
            case 3: bytes.RemoveRange(at, length); break;
            case 4: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 5: bytes.InsertRange(at, Number(random)); break;
            case 6: Overwrite(bytes, at, [.. bytes.GetRange(random.Next(bytes.Count - length + 1), length)]); break;
            case 7: bytes.InsertRange(at, Words.Count > 0 ? Words[random.Next(Words.Count)] : Number(random)); break;
            default:
                if (random.Next(4) == 0) { bytes.RemoveRange(at, bytes.Count - at); }
                else { bytes[at] = (byte)(bytes[at] + random.Next(-3, 4)); }
                break;
        }
    }

    private static byte[] Number(Random random)
    {
        var number = new byte[8];
        var value = Interesting[random.Next(Interesting.Length)] + random.Next(-1, 2);
        var size = 1 << random.Next(4);
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
            return number[..size];
        }
        BinaryPrimitives.WriteInt64BigEndian(number, value);
        return number[^size..];
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] by)
    {
        for (var i = 0; i < by.Length && at + i < bytes.Count; i++) { bytes[at + i] = by[i]; }
    }

    // Random's first numbers are alike where its seeds are: the finalizer of SplitMix64, the same in every process unlike System.HashCode.
    private static int Mix(int seed, int number)
    {
        var z = unchecked((((ulong)(uint)seed << 32) | (uint)number) + 0x9E3779B97F4A7C15);
        z = unchecked((z ^ z >> 30) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ z >> 27) * 0x94D049BB133111EB);
        return (int)(z ^ z >> 31);
    }

    private string Keep(byte[] input, int number)
    {
        var path = Path.Combine(Path.GetTempPath(), $"depthpro-fuzz-{reader.Replace(' ', '-')}-{number}.bin");
        File.WriteAllBytes(path, input);
        return path;
    }
}
