using Google.Protobuf;

namespace DepthPro.Network.Onnx;

/// <summary>A protobuf message under construction. Field numbers are those of onnx/onnx.proto3.</summary>
internal sealed class OnnxMessage
{
    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _out;

    public OnnxMessage() => _out = new(_bytes, leaveOpen: true);

    public OnnxMessage Integer(int field, long value)
    {
        _out.WriteTag(field, WireFormat.WireType.Varint);
        _out.WriteInt64(value);
        return this;
    }

    public OnnxMessage Single(int field, float value)
    {
        _out.WriteTag(field, WireFormat.WireType.Fixed32);
        _out.WriteFloat(value);
        return this;
    }

    public OnnxMessage Text(int field, string value)
    {
        _out.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _out.WriteString(value);
        return this;
    }

    public OnnxMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        _out.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _out.WriteLength(value.Length);
        _out.Flush();
        _bytes.Write(value);
        return this;
    }

    public OnnxMessage Message(int field, OnnxMessage value)
    {
        value._out.Flush();
        return Bytes(field, value._bytes.GetBuffer().AsSpan(0, checked((int)value._bytes.Length)));
    }

    public void WriteTo(Stream stream)
    {
        _out.Flush();
        _bytes.WriteTo(stream);
    }
}
