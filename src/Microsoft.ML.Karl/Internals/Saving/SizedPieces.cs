using System.Numerics;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>
/// A vector of any fixed size out of vectors of 1, 2, 4 ... numbers. A mapping that is loaded knows only the sizes that its class declares,
/// and trainers want a fixed size: so the class declares the powers of two, and joining some of them gives any size.
/// </summary>
internal static class SizedPieces
{
    /// <summary>Powers of two that a class has to declare, from 1.</summary>
    public const int Powers = 17;

    /// <summary>The powers that make up a size, smallest first.</summary>
    public static IEnumerable<int> PowersOf(int size)
    {
        if (BitOperations.Log2((uint)size) >= Powers)
        {
            throw new NotSupportedException($"A column of {size} numbers cannot be saved; at most {(1 << Powers) - 1} was expected. Take another pooling, or a smaller budget.");
        }

        return Enumerable.Range(0, Powers).Where(power => (size & (1 << power)) != 0);
    }

    /// <summary>Cuts values into the pieces that make up their number.</summary>
    public static void Cut(ReadOnlySpan<float> values, float[]?[] pieces)
    {
        int start = 0;
        foreach (int power in PowersOf(values.Length))
        {
            int length = 1 << power;
            float[] piece = pieces[power] is float[] known && known.Length == length ? known : pieces[power] = new float[length];
            values.Slice(start, length).CopyTo(piece);
            start += length;
        }
    }
}
