using System.Buffers.Binary;

namespace Karl.Graphs.Onnx;

/// <summary>One message of a protocol buffer file in memory: a view that gives its fields one after another and copies nothing.</summary>
internal readonly struct WireMessage(ReadOnlyMemory<byte> file, int start, int end)
{
    private readonly ReadOnlyMemory<byte> _file = file;

    public WireMessage(ReadOnlyMemory<byte> file) : this(file, 0, file.Length)
    {
    }

    public int Length => end - start;

    /// <summary>All fields in the file's order.</summary>
    /// <exception cref="OnnxFormatException">The bytes are no protocol buffer.</exception>
    public IEnumerable<WireField> Fields()
    {
        for (var position = start; position < end;)
        {
            yield return Next(ref position);
        }
    }

    /// <summary>The fields of one number.</summary>
    public IEnumerable<WireField> Fields(int number) => Fields().Where(field => field.Number == number);

    /// <summary>The message's bytes as varints, one after another: how numbers are packed.</summary>
    public IEnumerable<long> Varints()
    {
        for (var position = start; position < end;)
        {
            yield return (long)Varint(ref position);
        }
    }

    /// <summary>The message's own bytes.</summary>
    public ReadOnlyMemory<byte> Bytes() => _file[start..end];

    private WireField Next(ref int position)
    {
        var place = position;
        var tag = Varint(ref position);
        if (tag >> 3 is 0 or > int.MaxValue) throw new OnnxFormatException($"Byte {place}: {tag >> 3} is no field number; this is not an ONNX file, or it is damaged.");
        var number = (int)(tag >> 3);
        switch ((WireType)(tag & 7))
        {
            case WireType.Varint:
                return new(number, WireType.Varint, place, Varint(ref position), default);
            case WireType.Fixed64:
                return new(number, WireType.Fixed64, place, BinaryPrimitives.ReadUInt64LittleEndian(Take(8, ref position).Span), default);
            case WireType.Fixed32:
                return new(number, WireType.Fixed32, place, BinaryPrimitives.ReadUInt32LittleEndian(Take(4, ref position).Span), default);
            case WireType.LengthDelimited:
                var length = Varint(ref position);
                Take(length, ref position);
                return new(number, WireType.LengthDelimited, place, 0, new WireMessage(_file, position - (int)length, position));
            default:
                throw new OnnxFormatException($"Byte {place}: field {number} has the unknown wire type {tag & 7}; this is not an ONNX file, or it is damaged.");
        }
    }

    private ReadOnlyMemory<byte> Take(ulong count, ref int position)
    {
        if (count > (ulong)(end - position)) throw new OnnxFormatException($"Byte {position}: {count} bytes are announced, but {end - position} are left; the file is cut short or damaged.");
        var taken = _file.Slice(position, (int)count);
        position += (int)count;
        return taken;
    }

    private ulong Varint(ref int position)
    {
        var place = position;
        var bytes = _file.Span;
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (position >= end) throw new OnnxFormatException($"Byte {place}: a number is cut off at its byte {position - place}; the file is cut short or damaged.");
            var part = bytes[position++];
            if (shift == 63 && part > 1) break;
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
        throw new OnnxFormatException($"Byte {place}: a number does not fit in 64 bits; the file is damaged.");
    }
}
