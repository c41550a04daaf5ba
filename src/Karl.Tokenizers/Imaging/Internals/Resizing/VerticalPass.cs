using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Karl.Tokenizers.Imaging.Internals.Resizing;

/// <summary>Makes every output row a weighted sum of whole rows, sixteen bytes at a time.</summary>
internal static class VerticalPass
{
    private const int Half = 1 << (ResamplingWeights.FractionBits - 1);

    /// <summary>Computes <c>[height, width, 3]</c>.</summary>
    /// <param name="rows">Input rows, each <paramref name="stride"/> bytes, a multiple of 16.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="firstRow">Which row of the image the first one is.</param>
    /// <param name="weights">What each output row is made of.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Rows to compute.</param>
    /// <param name="destination"><c>[height, width, 3]</c>, without padding.</param>
    public static void Run(ReadOnlySpan<byte> rows, int stride, int firstRow, ResamplingWeights weights, int width, int height, Span<byte> destination)
    {
        int rowBytes = width * RgbImage.Channels;
        Span<byte> tail = stackalloc byte[Vector128<byte>.Count];
        for (int output = 0; output < height; output++)
        {
            ReadOnlySpan<int> taps = weights.Of(output);
            ReadOnlySpan<byte> inputs = rows.Slice((weights.Start(output) - firstRow) * stride, taps.Length * stride);
            Span<byte> target = destination.Slice(output * rowBytes, rowBytes);
            int column = 0;
            for (; column <= rowBytes - Vector128<byte>.Count; column += Vector128<byte>.Count)
            {
                Sum(inputs, stride, column, taps).CopyTo(target[column..]);
            }

            if (column < rowBytes)
            {
                Sum(inputs, stride, column, taps).CopyTo(tail);
                tail[..(rowBytes - column)].CopyTo(target[column..]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Sum(ReadOnlySpan<byte> inputs, int stride, int column, ReadOnlySpan<int> taps)
    {
        Vector128<int> first = Vector128.Create(Half), second = first, third = first, fourth = first;
        ref byte input = ref MemoryMarshal.GetReference(inputs);
        nint offset = column;
        foreach (int tap in taps)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref input, (nuint)offset));
            (Vector128<uint> a, Vector128<uint> b) = Vector128.Widen(low);
            (Vector128<uint> c, Vector128<uint> d) = Vector128.Widen(high);
            first += a.AsInt32() * tap;
            second += b.AsInt32() * tap;
            third += c.AsInt32() * tap;
            fourth += d.AsInt32() * tap;
            offset += stride;
        }

        return Vector128.Narrow(Vector128.Narrow(Clip(first), Clip(second)), Vector128.Narrow(Clip(third), Clip(fourth)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Clip(Vector128<int> sum) =>
        Vector128.Min(Vector128.Max(sum >> ResamplingWeights.FractionBits, Vector128<int>.Zero), Vector128.Create(255)).AsUInt32();
}
