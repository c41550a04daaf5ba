using System.Buffers.Binary;

namespace Karl.Tokenizers.Arrays.Internals;

/// <summary>The 64-bit lengths that a zip entry carries in its extra field when 32 bits do not hold them (APPNOTE 4.5.3).</summary>
internal static class ZipExtraField
{
    /// <summary>Replaces each saturated value by its 64-bit form where the field has one.</summary>
    public static void ReadLarge(ReadOnlySpan<byte> extra, ref long length, ref long storedLength, ref long offset)
    {
        while (extra.Length >= 4)
        {
            var identifier = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            var size = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (size > extra.Length - 4)
            {
                return;
            }

            if (identifier == 1)
            {
                var values = extra.Slice(4, size);
                Take(ref values, ref length);
                Take(ref values, ref storedLength);
                Take(ref values, ref offset);
                return;
            }

            extra = extra[(4 + size)..];
        }
    }

    private static void Take(ref ReadOnlySpan<byte> values, ref long value)
    {
        if (value == uint.MaxValue && values.Length >= 8)
        {
            value = BinaryPrimitives.ReadInt64LittleEndian(values);
            values = values[8..];
        }
    }
}
