namespace Karl.Applications.Compression.Internals;

/// <summary>
/// Codes, by how often each was seen at this position and at all positions together: P(code) = (own + strength x common share) / (all own + strength),
/// where the common share starts even. A code is found bit by bit along a binary tree of such counts, which gives exactly that probability.
/// </summary>
internal sealed class CodeModel
{
    private const uint CommonStart = 4;
    private readonly CodeLayout _layout;
    private readonly Counts _first, _now;
    private readonly ulong _strength;

    /// <summary>Begins.</summary>
    /// <param name="layout">How codes and positions are grouped.</param>
    /// <param name="seen">How often each symbol was seen in each group, <c>[Groups, Symbols]</c>; empty for none.</param>
    public CodeModel(CodeLayout layout, ReadOnlySpan<int> seen)
    {
        _layout = layout;
        _strength = (ulong)Math.Max(1, layout.Symbols / 2);
        _first = new Counts(layout);
        for (int symbol = 0; symbol < layout.Symbols; symbol++)
        {
            _first.AddCommon(layout.Depth, symbol, CommonStart);
        }

        for (int index = 0; index < seen.Length; index++)
        {
            if (seen[index] > 0)
            {
                _first.Add(layout.Depth, index / layout.Symbols, index % layout.Symbols, (uint)seen[index]);
            }
        }

        _now = new Counts(layout);
        Restart();
    }

    /// <summary>Forgets what it learned since it began.</summary>
    public void Restart() => _first.CopyTo(_now);

    /// <summary>Codes one code.</summary>
    public int Code(BitCoder coder, int position, int code)
    {
        int symbol = code >> _layout.PlainBits, group = _layout.GroupOf(position), node = 1;
        Span<uint> ownLeft = _now.OwnLeft.AsSpan(group << _layout.Depth, 1 << _layout.Depth), commonLeft = _now.CommonLeft;
        ulong own = _now.OwnTotals[group]++, scale = _now.CommonTotal++, common = scale;
        for (int level = _layout.Depth - 1; level >= 0; level--)
        {
            ulong left = ownLeft[node], leftOfAll = commonLeft[node];
            int bit = coder.Code((symbol >> level) & 1, (left * scale) + (_strength * leftOfAll), (own * scale) + (_strength * common));
            if (bit == 0)
            {
                ownLeft[node]++;
                commonLeft[node]++;
            }

            (own, common) = bit == 0 ? (left, leftOfAll) : (own - left, common - leftOfAll);
            node = (2 * node) + bit;
        }

        int plain = coder.CodeEvenly(code & ((1 << _layout.PlainBits) - 1), _layout.PlainBits);
        return ((node - (1 << _layout.Depth)) << _layout.PlainBits) | plain;
    }

    /// <summary>Trees of counts: how much lies to the left of each node, and in the whole tree. Node 1 is the root, 2n and 2n + 1 follow n.</summary>
    private sealed class Counts(CodeLayout layout)
    {
        public uint[] OwnLeft { get; } = new uint[layout.Groups << layout.Depth];

        public uint[] OwnTotals { get; } = new uint[layout.Groups];

        public uint[] CommonLeft { get; } = new uint[1 << layout.Depth];

        public uint CommonTotal { get; set; }

        public void AddCommon(int depth, int symbol, uint count)
        {
            CommonTotal += count;
            AddTo(CommonLeft, depth, symbol, count);
        }

        public void Add(int depth, int group, int symbol, uint count)
        {
            OwnTotals[group] += count;
            AddTo(OwnLeft.AsSpan(group << depth, 1 << depth), depth, symbol, count);
            AddCommon(depth, symbol, count);
        }

        public void CopyTo(Counts other)
        {
            OwnLeft.CopyTo(other.OwnLeft, 0);
            OwnTotals.CopyTo(other.OwnTotals, 0);
            CommonLeft.CopyTo(other.CommonLeft, 0);
            other.CommonTotal = CommonTotal;
        }

        private static void AddTo(Span<uint> left, int depth, int symbol, uint count)
        {
            int node = 1;
            for (int level = depth - 1; level >= 0; level--)
            {
                int bit = (symbol >> level) & 1;
                left[node] += bit == 0 ? count : 0;
                node = (2 * node) + bit;
            }
        }
    }
}
