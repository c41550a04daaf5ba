using System.Buffers;

namespace Karl.Applications.Compression.Internals;

/// <summary>Whole numbers as bytes of 7 bits, the lowest first, the highest bit set in all but the last.</summary>
internal static class VariableNumber
{
    /// <summary>Appends a number.</summary>
    public static void Write(IBufferWriter<byte> bytes, int number)
    {
        uint rest = (uint)number;
        for (; rest >= 0x80; rest >>= 7)
        {
            bytes.Write([(byte)(rest | 0x80)]);
        }

        bytes.Write([(byte)rest]);
    }

    /// <summary>Takes a number from the beginning of bytes.</summary>
    /// <exception cref="FormatException">There is none, or it is too large.</exception>
    public static int Read(ref ReadOnlySpan<byte> bytes)
    {
        long number = 0;
        for (int place = 0; place < 5 && place < bytes.Length; place++)
        {
            number |= (long)(bytes[place] & 0x7F) << (7 * place);
            if ((bytes[place] & 0x80) == 0 && number <= int.MaxValue)
            {
                bytes = bytes[(place + 1)..];
                return (int)number;
            }
        }

        throw new FormatException("a number in it is cut off or too large");
    }
}
