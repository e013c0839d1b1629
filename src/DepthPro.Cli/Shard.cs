using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DepthPro.Cli;

/// <summary>One of several parts of the inputs, 1/n to n/n.</summary>
/// <remarks>A photo's part follows from its relative path alone, so that it is the same when other photos come or go while the parts run: each photo is in
/// exactly one part. Parts are about, not exactly, as large as each other.</remarks>
internal readonly record struct Shard(int Number, int Count)
{
    public static bool TryParse(string text, out Shard shard)
    {
        shard = default;
        if (text.Split('/') is not [var number, var count]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var i) || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || i < 1 || i > n) { return false; }
        shard = new(i, n);
        return true;
    }

    /// <param name="relativePath">With '/' on every system.</param>
    public bool Holds(string relativePath)
    {
        var hash = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(relativePath)));
        return hash % (ulong)Count == (ulong)(Number - 1);
    }

    public override string ToString() => $"{Number}/{Count}";
}
