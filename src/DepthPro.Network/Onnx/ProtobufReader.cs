using System.Text;

namespace DepthPro.Network.Onnx;

/// <summary>A field of a protobuf message: a number, or bytes at a place in the file.</summary>
internal readonly record struct ProtobufField(int Number, bool IsBytes, long Value, long Start, long Length);

/// <summary>Walks protobuf messages in a seekable stream, skipping what is not asked for without reading it. Time and memory are bounded whatever the
/// file holds.</summary>
internal sealed class ProtobufReader(Stream stream)
{
    // A tensor's name; longer means that this is not the file it seems.
    private const int LongestText = 1 << 10;

    // In all messages that are looked into; the largest exports of the published network have some ten thousand.
    private const int MostFields = 1 << 18;

    private int _fields;

    public List<ProtobufField> Fields(ProtobufField message) => Fields(message.Start, message.Length);

    public List<ProtobufField> Fields(long start, long length)
    {
        var fields = new List<ProtobufField>();
        var end = start + length;
        for (var at = start; at < end;)
        {
            if (++_fields > MostFields) { throw new InvalidDataException($"it has more than {MostFields} fields up to byte {at}"); }
            stream.Position = at;
            var tag = Varint();
            var (number, wireType) = (checked((int)(tag >> 3)), (int)(tag & 7));
            if (number == 0) { throw new InvalidDataException($"field number 0 at byte {at}"); }
            var field = wireType switch
            {
                0 => new ProtobufField(number, false, (long)Varint(), 0, 0),
                1 => new(number, false, 0, stream.Position, sizeof(double)),
                2 => Bytes(number),
                5 => new(number, false, 0, stream.Position, sizeof(float)),
                _ => throw new InvalidDataException($"wire type {wireType} at byte {at}"),
            };
            at = wireType == 0 ? stream.Position : field.Start + field.Length;
            if (at > end) { throw new InvalidDataException($"field {number} ends at byte {at}, outside its message, which ends at {end}"); }
            fields.Add(field);
        }
        return fields;
    }

    public string Text(ProtobufField field)
    {
        if (field.Length > LongestText) { throw new InvalidDataException($"a name of {field.Length} bytes at byte {field.Start}"); }
        var bytes = new byte[field.Length];
        stream.Position = field.Start;
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private ProtobufField Bytes(int number)
    {
        var length = Varint();
        if (length > (ulong)(stream.Length - stream.Position)) { throw new InvalidDataException($"field {number} of {length} bytes at byte {stream.Position} runs past the end of the file"); }
        return new(number, true, 0, stream.Position, (long)length);
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = stream.ReadByte();
            if (next < 0) { throw new EndOfStreamException("it ends inside a number"); }
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) { return value; }
        }
        throw new InvalidDataException($"a number longer than 10 bytes at byte {stream.Position}");
    }
}
