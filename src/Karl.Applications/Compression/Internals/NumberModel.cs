using System.Numerics;

namespace Karl.Applications.Compression.Internals;

/// <summary>Numbers from 0 to <see cref="Largest"/>, small ones likely: how many digits it has (of the number plus one), digit by digit learned, then the digits themselves.</summary>
internal sealed class NumberModel
{
    /// <summary>The largest number.</summary>
    public const int Largest = (1 << MostDigits) - 2;

    private const int MostDigits = 26;
    private readonly AdaptiveBit[] _hasMore = new AdaptiveBit[MostDigits];

    /// <summary>Knows nothing yet.</summary>
    public NumberModel() => Restart();

    /// <summary>Forgets what it learned.</summary>
    public void Restart() => Array.Fill(_hasMore, AdaptiveBit.Even);

    /// <summary>Codes a number.</summary>
    public int Code(BitCoder coder, int number)
    {
        int wanted = BitOperations.Log2((uint)number + 1), digits = 0;
        while (digits < MostDigits - 1 && _hasMore[digits].Code(coder, digits < wanted ? 1 : 0) == 1)
        {
            digits++;
        }

        int rest = coder.CodeEvenly((number + 1) & ((1 << digits) - 1), digits);
        return ((1 << digits) | rest) - 1;
    }
}
