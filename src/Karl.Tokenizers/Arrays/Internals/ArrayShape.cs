using System.Diagnostics.CodeAnalysis;

namespace Karl.Tokenizers.Arrays.Internals;

/// <summary>Arithmetic on shapes that come from outside: no overflow goes unnoticed.</summary>
internal static class ArrayShape
{
    /// <summary>More dimensions than NumPy (32 until 2.0, 64 since) or PyTorch (64) allow.</summary>
    public const int MaximumRank = 64;

    /// <summary>The number of elements, or false where a length is negative or the product leaves 63 bits.</summary>
    public static bool TryCountElements(ReadOnlySpan<long> shape, out long count)
    {
        count = 1;
        var hasZero = false;
        foreach (var length in shape)
        {
            if (length < 0)
            {
                return false;
            }

            hasZero |= length == 0;
        }

        if (hasZero)
        {
            count = 0;
            return true;
        }

        foreach (var length in shape)
        {
            if (count > long.MaxValue / length)
            {
                return false;
            }

            count *= length;
        }

        return true;
    }

    /// <summary>The shape as in messages: <c>[4, 3, 256, 256]</c>.</summary>
    [SuppressMessage("Style", "IDE0305", Justification = "Reads as one expression.")]
    public static string Print(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
