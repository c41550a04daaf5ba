namespace Karl.Applications.Compression.Internals;

/// <summary>A range coder over 32 bits that propagates carries (Martin 1979); integers only, so that it writes the same bytes on every machine.</summary>
/// <remarks>A stream ends as early as it can: zeros that would follow are left out, because a reader that runs out of bytes reads zeros.</remarks>
internal sealed class RangeEncoder : BitCoder
{
    private const uint Smallest = 1u << 24;
    private byte[] _bytes = new byte[64];
    private int _count;
    private ulong _low;
    private uint _range;
    private byte _held;
    private int _pending;
    private bool _holds;

    /// <summary>Begins a stream.</summary>
    public RangeEncoder() => Begin();

    /// <summary>Forgets everything and begins a stream.</summary>
    public void Begin() => (_count, _low, _range, _held, _pending, _holds) = (0, 0, uint.MaxValue, 0, 0, false);

    /// <inheritdoc/>
    public override int Code(int bit, ulong zeros, ulong total)
    {
        uint bound = (uint)(((ulong)_range * ProbabilityOfZero(zeros, total)) >> ProbabilityBits);
        if (bit == 0)
        {
            _range = bound;
        }
        else
        {
            _low += bound;
            _range -= bound;
        }

        while (_range < Smallest)
        {
            _range <<= 8;
            Shift();
        }

        return bit;
    }

    /// <summary>Ends the stream.</summary>
    /// <returns>Its bytes, valid until the next one is begun.</returns>
    public ReadOnlySpan<byte> Finish()
    {
        // The number in the interval with the most zeros at its end.
        for (int zeros = 32; zeros >= 0; zeros -= 8)
        {
            ulong mask = (1UL << zeros) - 1, rounded = (_low + mask) & ~mask;
            if (rounded < _low + _range)
            {
                _low = rounded;
                break;
            }
        }

        for (int step = 0; step < 5; step++)
        {
            Shift();
        }

        return _bytes.AsSpan(0, _count).TrimEnd((byte)0);
    }

    /// <summary>Hands the highest byte on; one that a carry may still change is held back.</summary>
    private void Shift()
    {
        if ((uint)_low < 0xFF000000 || _low > uint.MaxValue)
        {
            byte carry = (byte)(_low >> 32);
            if (_holds)
            {
                Put((byte)(_held + carry));
            }

            for (; _pending > 0; _pending--)
            {
                Put((byte)(0xFF + carry));
            }

            (_held, _holds) = ((byte)(_low >> 24), true);
        }
        else
        {
            _pending++;
        }

        _low = (_low & 0x00FFFFFF) << 8;
    }

    private void Put(byte value)
    {
        if (_count == _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        }

        _bytes[_count++] = value;
    }
}
