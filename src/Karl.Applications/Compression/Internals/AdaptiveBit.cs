namespace Karl.Applications.Compression.Internals;

/// <summary>How often a decision fell one way and the other, counted while it is coded. Zero-initialized it is not valid: use <see cref="Even"/> or <see cref="From"/>.</summary>
internal struct AdaptiveBit
{
    /// <summary>What one decision counts; prior knowledge may count parts of it.</summary>
    public const uint Step = 16;

    private const uint Most = 1 << 16;
    private uint _zeros, _total;

    /// <summary>Nothing is known.</summary>
    public static AdaptiveBit Even => new() { _zeros = 6, _total = 12 };

    /// <summary>So much is known, in sixteenths of a decision, at least one each.</summary>
    public static AdaptiveBit From(ulong zeros, ulong ones)
    {
        while (zeros + ones > Most)
        {
            (zeros, ones) = ((zeros + 1) >> 1, (ones + 1) >> 1);
        }

        return new AdaptiveBit { _zeros = (uint)zeros, _total = (uint)(zeros + ones) };
    }

    /// <summary>Takes the decision and learns from it.</summary>
    public int Code(BitCoder coder, int bit)
    {
        bit = coder.Code(bit, _zeros, _total);
        _zeros += bit == 0 ? Step : 0;
        _total += Step;
        if (_total > Most)
        {
            (_zeros, _total) = ((_zeros + 1) >> 1, ((_zeros + 1) >> 1) + ((_total - _zeros + 1) >> 1));
        }

        return bit;
    }
}
