using System.Buffers.Binary;
using System.Text;

namespace Karl.Tokenizers.Arrays.Internals;

/// <summary>What stands in front of the elements of an npy file (NumPy's format versions 1.0, 2.0 and 3.0).</summary>
internal readonly record struct NpyHeader(ArrayElementType Type, long[] Shape, bool IsFortranOrder)
{
    /// <summary>Bytes needed to learn how long the header is.</summary>
    public const int PreambleLength = 12;

    /// <summary>NumPy itself refuses more than 10,000 characters.</summary>
    public const int MaximumTextLength = 65_536;

    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header; <paramref name="length"/> is where the elements start.</summary>
    public static NpyHeader Read(ReadOnlySpan<byte> bytes, string name, out int length)
    {
        var textStart = ReadPreamble(bytes, name, out length);
        if (length > bytes.Length)
        {
            throw new KarlFormatException($"'{name}' is no whole npy array: its header takes {length} bytes, but only {bytes.Length} are there. It is truncated: write it again.");
        }

        return new NpyHeaderParser(Encoding.UTF8.GetString(bytes[textStart..length]), name).Parse();
    }

    /// <summary>The header as NumPy writes it, padded so that the elements start at a multiple of 64 bytes.</summary>
    public static byte[] Write(ArrayElementType type, ReadOnlySpan<long> shape)
    {
        var lengths = string.Join(", ", shape.ToArray()) + (shape.Length == 1 ? "," : string.Empty);
        var text = $"{{'descr': '{NpyHeaderParser.Describe(type)}', 'fortran_order': False, 'shape': ({lengths}), }}";
        var total = (10 + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var bytes = new byte[total];
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(total - 10));
        bytes.AsSpan(10).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(10));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    private static int ReadPreamble(ReadOnlySpan<byte> bytes, string name, out int length)
    {
        if (bytes.Length < PreambleLength || !bytes.StartsWith(Magic))
        {
            throw new KarlFormatException($"'{name}' is no npy array: it does not start with the six bytes of the format. Save it with numpy.save.");
        }

        var version = bytes[6];
        if (version is < 1 or > 3)
        {
            throw new KarlFormatException($"'{name}' is npy version {version}.{bytes[7]}; versions 1, 2 and 3 are read. Save it again with a common NumPy.");
        }

        var textStart = version == 1 ? 10 : 12;
        var textLength = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (textLength > MaximumTextLength)
        {
            throw new KarlFormatException($"'{name}': the npy header claims {textLength} bytes; at most {MaximumTextLength} are read. The file is damaged or was tampered with.");
        }

        length = textStart + (int)textLength;
        return textStart;
    }
}
