namespace Karl.Applications.Compression.Internals;

/// <summary>Takes binary decisions whose probabilities both sides know. Writing, reading and measuring are one walk through the same model with another coder.</summary>
internal abstract class BitCoder
{
    /// <summary>Probabilities are rounded to 1 / 65536, so that both sides compute the same ones from integers alone.</summary>
    protected const int ProbabilityBits = 16;

    /// <summary>Takes one decision.</summary>
    /// <param name="bit">0 or 1; a reader overlooks it.</param>
    /// <param name="zeros">Weight of 0, at most <paramref name="total"/>.</param>
    /// <param name="total">Weight of 0 and 1 together, below 2^46.</param>
    /// <returns>The bit that was written or read.</returns>
    public abstract int Code(int bit, ulong zeros, ulong total);

    /// <summary>Takes so many decisions that are as likely as not, the highest first.</summary>
    public int CodeEvenly(int value, int bits)
    {
        int result = 0;
        for (int place = bits - 1; place >= 0; place--)
        {
            result = (result << 1) | Code((value >> place) & 1, 1, 2);
        }

        return result;
    }

    /// <summary>Probability of 0 in 1 / 65536, never certain. Where nothing at all is expected, which only damaged files lead to, it is a half.</summary>
    protected static uint ProbabilityOfZero(ulong zeros, ulong total) =>
        total == 0 ? 1u << (ProbabilityBits - 1) : (uint)Math.Clamp((zeros << ProbabilityBits) / total, 1, (1 << ProbabilityBits) - 1);
}
