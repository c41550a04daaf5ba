using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Karl.Graphs.Onnx;

/// <summary>Writes protocol buffer fields into memory. Field numbers are the caller's, from <c>OnnxFields.cs</c>.</summary>
internal sealed class WireWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public void Integer(int field, long value)
    {
        Tag(field, WireType.Varint);
        Varint((ulong)value);
    }

    public void Number(int field, float value)
    {
        Tag(field, WireType.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(4), value);
        _bytes.Advance(4);
    }

    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        LengthHeader(field, value.Length);
        _bytes.Write(value);
    }

    /// <summary>A field of <paramref name="length"/> bytes that the caller writes elsewhere, right after this.</summary>
    public void LengthHeader(int field, long length)
    {
        Tag(field, WireType.LengthDelimited);
        Varint((ulong)length);
    }

    public void Message(int field, Action<WireWriter> write)
    {
        var inner = new WireWriter();
        write(inner);
        Bytes(field, inner.Written.Span);
    }

    private void Tag(int field, WireType type) => Varint(((ulong)field << 3) | (ulong)type);

    private void Varint(ulong value)
    {
        var span = _bytes.GetSpan(10);
        var count = 0;
        while (value >= 0x80)
        {
            span[count++] = (byte)(value | 0x80);
            value >>= 7;
        }
        span[count++] = (byte)value;
        _bytes.Advance(count);
    }
}

/// <summary>How a protocol buffer field is encoded.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    LengthDelimited = 2,
    Fixed32 = 5,
}
