namespace Karl.Applications.Compression.Internals;

/// <summary>Writes nothing and sums what a perfect coder would write: -log2 of each decision's exact probability, the cross-entropy of what is coded under the model.</summary>
internal sealed class IdealLength : BitCoder
{
    /// <summary>The sum so far.</summary>
    public double Bits { get; private set; }

    /// <inheritdoc/>
    public override int Code(int bit, ulong zeros, ulong total)
    {
        Bits -= Math.Log2((double)(bit == 0 ? zeros : total - zeros) / total);
        return bit;
    }
}
