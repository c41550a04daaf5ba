using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Karl.Tokenizers.Imaging.Internals.Resizing;

/// <summary>Resizes one row: every output pixel is a weighted sum of neighbouring pixels, the three channels in one vector.</summary>
internal static class HorizontalPass
{
    private const int Half = 1 << (ResamplingWeights.FractionBits - 1);

    /// <summary>Computes <paramref name="count"/> pixels.</summary>
    /// <param name="source">The row, and whatever pixels follow it in memory.</param>
    /// <param name="width">Pixels of the row.</param>
    /// <param name="weights">What each output is made of.</param>
    /// <param name="count">Outputs.</param>
    /// <param name="target">At least <c>3 * count + 1</c> bytes; the byte after the last pixel is overwritten.</param>
    public static void Run(ReadOnlySpan<byte> source, int width, ResamplingWeights weights, int count, Span<byte> target)
    {
        if (source.Length > width * RgbImage.Channels)
        {
            RunReadingOneByteMore(source, weights, count, target);
            return;
        }

        // Pixels are loaded four bytes at a time: the last row of an image needs a byte behind it.
        byte[] padded = System.Buffers.ArrayPool<byte>.Shared.Rent(source.Length + 1);
        source.CopyTo(padded);
        RunReadingOneByteMore(padded, weights, count, target);
        System.Buffers.ArrayPool<byte>.Shared.Return(padded);
    }

    private static void RunReadingOneByteMore(ReadOnlySpan<byte> source, ResamplingWeights weights, int count, Span<byte> target)
    {
        for (int output = 0; output < count; output++)
        {
            ReadOnlySpan<int> taps = weights.Of(output);
            int start = weights.Start(output) * RgbImage.Channels;

            // The slices check the bounds once for all taps and for the store.
            ref byte pixel = ref MemoryMarshal.GetReference(source.Slice(start, (taps.Length * RgbImage.Channels) + 1));
            Vector128<int> sum = Vector128.Create(Half);
            foreach (int tap in taps)
            {
                Vector128<byte> four = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref pixel)).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(four)).AsInt32() * tap;
                pixel = ref Unsafe.Add(ref pixel, RgbImage.Channels);
            }

            Vector128<int> bytes = Vector128.Min(Vector128.Max(sum >> ResamplingWeights.FractionBits, Vector128<int>.Zero), Vector128.Create(255));
            Vector128<ushort> narrow = Vector128.Narrow(bytes.AsUInt32(), bytes.AsUInt32());
            MemoryMarshal.Write(target[(output * RgbImage.Channels)..], Vector128.Narrow(narrow, narrow).AsUInt32().ToScalar());
        }
    }
}
