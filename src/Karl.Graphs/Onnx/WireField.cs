using System.Buffers.Binary;
using System.Text;

namespace Karl.Graphs.Onnx;

/// <summary>One field of a protocol buffer message, read as what the caller expects it to be.</summary>
/// <param name="Number">Which field: see <see cref="OnnxFields"/>.</param>
/// <param name="Type">How it is encoded.</param>
/// <param name="Position">Where in the file it begins.</param>
/// <param name="Value">The number, unless it is <see cref="WireType.LengthDelimited"/>.</param>
/// <param name="Content">The bytes, if it is.</param>
internal readonly record struct WireField(int Number, WireType Type, int Position, ulong Value, WireMessage Content)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    public long Integer() => (long)Checked(WireType.Varint).Value;

    public float Single() => BitConverter.UInt32BitsToSingle((uint)Checked(WireType.Fixed32).Value);

    public WireMessage Message() => Checked(WireType.LengthDelimited).Content;

    public ReadOnlyMemory<byte> Bytes() => Message().Bytes();

    public string Text()
    {
        try
        {
            return StrictUtf8.GetString(Bytes().Span);
        }
        catch (DecoderFallbackException error)
        {
            throw new OnnxFormatException($"Byte {Position}: field {Number} is not UTF-8 text; the file is damaged.", error);
        }
    }

    /// <summary>One number of a repeated field, or many packed.</summary>
    public IEnumerable<long> Integers() => Type == WireType.LengthDelimited ? Content.Varints() : [Integer()];

    /// <summary>One number of a repeated field, or many packed, as their little-endian bytes of <paramref name="width"/> each.</summary>
    public ReadOnlyMemory<byte> FixedWidth(int width)
    {
        if (Type == WireType.LengthDelimited)
        {
            return Content.Length % width == 0
                ? Content.Bytes()
                : throw new OnnxFormatException($"Byte {Position}: {Content.Length} bytes do not fall into numbers of {width} bytes.");
        }
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Checked(width == 4 ? WireType.Fixed32 : WireType.Fixed64).Value);
        return bytes.AsMemory(0, width);
    }

    private WireField Checked(WireType wanted) => Type == wanted
        ? this
        : throw new OnnxFormatException($"Byte {Position}: field {Number} is encoded as {Type}; wanted {wanted}. This is not an ONNX file, or it is damaged.");
}
