using System.Text;

namespace DepthPro.Network.Tests.Checkpoints;

/// <summary>Writes zip archives as torch.save does (stored entries), with every number open to forgery.</summary>
internal sealed record TestZip
{
    public List<(string Name, byte[] Content)> Entries { get; } = [];

    public bool Zip64 { get; init; }

    public ushort Method { get; init; }

    public ushort Flags { get; init; }

    public long ExtraLength { get; init; }

    public TestZip Add(string name, byte[] content)
    {
        Entries.Add((name, content));
        return this;
    }

    public TestZip Add(string name, string content) => Add(name, Encoding.ASCII.GetBytes(content));

    public byte[] Build()
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var headers = new List<long>();
        foreach (var (name, content) in Entries)
        {
            headers.Add(stream.Position);
            // torch pads with an extra field so that contents begin at multiples of 64.
            var padding = (int)((64 - ((stream.Position + 30 + name.Length + 4) % 64)) % 64);
            writer.Write(0x04034b50u);
            writer.Write(new byte[22]);
            writer.Write((ushort)name.Length);
            writer.Write((ushort)(4 + padding));
            writer.Write(Encoding.ASCII.GetBytes(name));
            writer.Write((ushort)0x4246);
            writer.Write((ushort)padding);
            writer.Write(new byte[padding]);
            writer.Write(content);
        }
        var directory = stream.Position;
        for (var i = 0; i < Entries.Count; i++) { WriteEntry(writer, Entries[i], headers[i]); }
        WriteEnd(writer, directory, stream.Position - directory);
        return stream.ToArray();
    }

    private void WriteEntry(BinaryWriter writer, (string Name, byte[] Content) entry, long header)
    {
        var length = entry.Content.Length + ExtraLength;
        writer.Write(0x02014b50u);
        writer.Write(0u);
        writer.Write(Flags);
        writer.Write(Method);
        writer.Write(new byte[8]);
        writer.Write(Zip64 ? uint.MaxValue : (uint)length);
        writer.Write(Zip64 ? uint.MaxValue : (uint)length);
        writer.Write((ushort)entry.Name.Length);
        writer.Write((ushort)(Zip64 ? 28 : 0));
        writer.Write(new byte[10]);
        writer.Write(Zip64 ? uint.MaxValue : (uint)header);
        writer.Write(Encoding.ASCII.GetBytes(entry.Name));
        if (!Zip64) { return; }
        writer.Write((ushort)1);
        writer.Write((ushort)24);
        writer.Write(length);
        writer.Write(length);
        writer.Write(header);
    }

    private void WriteEnd(BinaryWriter writer, long directory, long length)
    {
        if (Zip64)
        {
            var end64 = directory + length;
            writer.Write(0x06064b50u);
            writer.Write(44L);
            writer.Write(new byte[12]);
            writer.Write((long)Entries.Count);
            writer.Write((long)Entries.Count);
            writer.Write(length);
            writer.Write(directory);
            writer.Write(0x07064b50u);
            writer.Write(0u);
            writer.Write(end64);
            writer.Write(1u);
        }
        writer.Write(0x06054b50u);
        writer.Write(0u);
        writer.Write((ushort)(Zip64 ? ushort.MaxValue : Entries.Count));
        writer.Write((ushort)(Zip64 ? ushort.MaxValue : Entries.Count));
        writer.Write(Zip64 ? uint.MaxValue : (uint)length);
        writer.Write(Zip64 ? uint.MaxValue : (uint)directory);
        writer.Write((ushort)0);
    }
}
