using System.Runtime.InteropServices;

namespace Karl.Tokenizers.Arrays.Internals;

/// <summary>Stored little-endian elements as float32 or int64.</summary>
internal static class ElementConversion
{
    /// <summary>Converts every element to the nearest float32; booleans become 0 and 1.</summary>
    public static void ToFloat32(ArrayElementType type, ReadOnlySpan<byte> bytes, Span<float> destination)
    {
        switch (type)
        {
            case ArrayElementType.Float32:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(destination);
                break;
            case ArrayElementType.Float16:
                Convert(MemoryMarshal.Cast<byte, Half>(bytes), destination, static value => (float)value);
                break;
            case ArrayElementType.BFloat16:
                Convert(MemoryMarshal.Cast<byte, ushort>(bytes), destination, static value => BitConverter.UInt32BitsToSingle((uint)value << 16));
                break;
            case ArrayElementType.Float64:
                Convert(MemoryMarshal.Cast<byte, double>(bytes), destination, static value => (float)value);
                break;
            case ArrayElementType.UInt64:
                Convert(MemoryMarshal.Cast<byte, ulong>(bytes), destination, static value => (float)value);
                break;
            case ArrayElementType.Int64:
                Convert(MemoryMarshal.Cast<byte, long>(bytes), destination, static value => (float)value);
                break;
            default:
                var small = new long[Math.Min(destination.Length, 4096)];
                var size = type.SizeInBytes();
                for (var start = 0; start < destination.Length; start += small.Length)
                {
                    var count = Math.Min(small.Length, destination.Length - start);
                    ToInt64(type, bytes.Slice(start * size, count * size), small);
                    Convert<long, float>(small.AsSpan(0, count), destination[start..], static value => value);
                }

                break;
        }
    }

    /// <summary>Converts integers and booleans; returns false for floating-point types and for values above 2^63 - 1.</summary>
    public static bool ToInt64(ArrayElementType type, ReadOnlySpan<byte> bytes, Span<long> destination)
    {
        switch (type)
        {
            case ArrayElementType.Boolean:
                Convert(bytes, destination, static value => value == 0 ? 0L : 1L);
                return true;
            case ArrayElementType.UInt8:
                Convert<byte, long>(bytes, destination, static value => value);
                return true;
            case ArrayElementType.Int8:
                Convert<sbyte, long>(MemoryMarshal.Cast<byte, sbyte>(bytes), destination, static value => value);
                return true;
            case ArrayElementType.Int16:
                Convert<short, long>(MemoryMarshal.Cast<byte, short>(bytes), destination, static value => value);
                return true;
            case ArrayElementType.UInt16:
                Convert<ushort, long>(MemoryMarshal.Cast<byte, ushort>(bytes), destination, static value => value);
                return true;
            case ArrayElementType.Int32:
                Convert<int, long>(MemoryMarshal.Cast<byte, int>(bytes), destination, static value => value);
                return true;
            case ArrayElementType.UInt32:
                Convert<uint, long>(MemoryMarshal.Cast<byte, uint>(bytes), destination, static value => value);
                return true;
            case ArrayElementType.Int64:
                MemoryMarshal.Cast<byte, long>(bytes).CopyTo(destination);
                return true;
            case ArrayElementType.UInt64:
                var values = MemoryMarshal.Cast<byte, ulong>(bytes);
                Convert(values, destination, static value => unchecked((long)value));
                return values.IndexOfAnyInRange(1UL << 63, ulong.MaxValue) < 0;
            default:
                return false;
        }
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to, Func<TFrom, TTo> convert)
    {
        for (var index = 0; index < from.Length; index++)
        {
            to[index] = convert(from[index]);
        }
    }
}
