namespace Karl.Applications.Compression.Internals;

/// <summary>Reads what <see cref="RangeEncoder"/> wrote. Any bytes can be read; whether they mean anything is for the model to say.</summary>
internal sealed class RangeDecoder : BitCoder
{
    private const uint Smallest = 1u << 24;
    private byte[] _bytes = [];
    private int _next;
    private uint _code, _range;

    /// <summary>Begins with a stream, which is followed by zeros without end.</summary>
    public void Begin(byte[] bytes)
    {
        (_bytes, _next, _code, _range) = (bytes, 0, 0, uint.MaxValue);
        for (int step = 0; step < 4; step++)
        {
            _code = (_code << 8) | NextByte();
        }
    }

    /// <inheritdoc/>
    public override int Code(int bit, ulong zeros, ulong total)
    {
        uint bound = (uint)(((ulong)_range * ProbabilityOfZero(zeros, total)) >> ProbabilityBits);
        int read = _code < bound ? 0 : 1;
        if (read == 0)
        {
            _range = bound;
        }
        else
        {
            _code -= bound;
            _range -= bound;
        }

        while (_range < Smallest)
        {
            _range <<= 8;
            _code = (_code << 8) | NextByte();
        }

        return read;
    }

    private byte NextByte() => _next < _bytes.Length ? _bytes[_next++] : (byte)0;
}
