using System.Buffers.Binary;
using System.Text;

namespace DepthPro.Network.Checkpoints.Torch;

/// <summary>A cursor over a pickle's bytes that never reads or allocates beyond them, and the words of every message about it.</summary>
internal sealed class PickleBytes(CheckpointStream source, string entry, byte[] bytes)
{
    private int _at;

    /// <summary>Where the current opcode stands.</summary>
    public int OpcodeAt { get; private set; }

    public byte NextOpcode()
    {
        OpcodeAt = _at;
        return Take(1)[0];
    }

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > bytes.Length - _at)
        {
            throw Bad($"needs {count} bytes at byte {_at} of {bytes.Length}; the pickle is cut off or damaged. Download or save it again.");
        }
        _at += (int)count;
        return bytes.AsSpan(_at - (int)count, (int)count);
    }

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int I32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public long I64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public double F64() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public string Text(long byteCount) => Encoding.UTF8.GetString(Take(byteCount));

    /// <summary>A two's complement integer of any length, least significant byte first.</summary>
    public object Integer(long byteCount)
    {
        var digits = Take(byteCount);
        if (digits.Length > sizeof(long)) { return new PickleOpaque($"an integer of {digits.Length} bytes"); }
        Span<byte> padded = stackalloc byte[sizeof(long)];
        padded.Fill(digits.Length > 0 && digits[^1] >= 0x80 ? byte.MaxValue : byte.MinValue);
        digits.CopyTo(padded);
        return BinaryPrimitives.ReadInt64LittleEndian(padded);
    }

    public string Line()
    {
        var length = bytes.AsSpan(_at).IndexOf((byte)'\n');
        if (length < 0) { throw Bad($"has a line at byte {_at} that does not end; the pickle is cut off or damaged. Download or save it again."); }
        var line = Text(length);
        Take(1);
        return line;
    }

    /// <summary>An exception that says which file and entry it is about.</summary>
    public InvalidDataException Bad(string what) => new($"Checkpoint '{source.Name}', {entry}, {what}");

    /// <summary>An exception about the current opcode.</summary>
    public InvalidDataException BadAt(string what) => Bad($"byte {OpcodeAt}: {what} The pickle is damaged or not torch's: save the weights alone with torch.save(model.state_dict(), path).");
}
