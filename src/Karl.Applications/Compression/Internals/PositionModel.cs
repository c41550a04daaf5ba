using System.Numerics;

namespace Karl.Applications.Compression.Internals;

/// <summary>Which positions are kept, one decision each: learned by where in the budget it is (16 parts) and how many of the eight before it were kept.</summary>
internal sealed class PositionModel
{
    /// <summary>Number of contexts.</summary>
    public const int Contexts = Parts * (Window + 1);

    private const int Parts = 16, Window = 8;
    private const uint FullWindow = (1u << Window) - 1;
    private readonly int _positions;
    private readonly AdaptiveBit[] _first, _now;

    /// <summary>Begins.</summary>
    /// <param name="positions">The model's largest budget.</param>
    /// <param name="dropped">Decisions counted before, <c>[Contexts]</c>; empty for none.</param>
    /// <param name="kept">The same for the other way.</param>
    public PositionModel(int positions, ReadOnlySpan<int> dropped, ReadOnlySpan<int> kept)
    {
        _positions = positions;
        _first = new AdaptiveBit[Contexts];
        for (int context = 0; context < Contexts; context++)
        {
            // What is known of all models: a position resembles those before it.
            uint before = (uint)(context % (Window + 1)), keptBefore = 6 + (8 * before), droppedBefore = 6 + (8 * (Window - before));
            _first[context] = dropped.IsEmpty
                ? AdaptiveBit.From(droppedBefore, keptBefore)
                : AdaptiveBit.From(droppedBefore + (AdaptiveBit.Step * (ulong)dropped[context]), keptBefore + (AdaptiveBit.Step * (ulong)kept[context]));
        }

        _now = [.. _first];
    }

    /// <summary>Forgets what it learned since it began.</summary>
    public void Restart() => _first.CopyTo(_now, 0);

    /// <summary>Codes all positions of an image.</summary>
    /// <param name="coder">Writes, reads or measures.</param>
    /// <param name="isKept">One for each position of the budget; read and written.</param>
    public void Code(BitCoder coder, Span<bool> isKept)
    {
        uint window = FullWindow;
        for (int position = 0; position < isKept.Length; position++)
        {
            isKept[position] = _now[Context(position, _positions, window)].Code(coder, isKept[position] ? 1 : 0) == 1;
            window = Next(window, isKept[position]);
        }
    }

    /// <summary>Counts the decisions of an image by their contexts.</summary>
    public static void Count(int positions, ReadOnlySpan<bool> isKept, Span<int> dropped, Span<int> kept)
    {
        uint window = FullWindow;
        for (int position = 0; position < isKept.Length; position++)
        {
            int context = Context(position, positions, window);
            (isKept[position] ? kept : dropped)[context]++;
            window = Next(window, isKept[position]);
        }
    }

    private static uint Next(uint window, bool isKept) => ((window << 1) | (isKept ? 1u : 0)) & FullWindow;

    private static int Context(int position, int positions, uint window) => (position * Parts / positions * (Window + 1)) + BitOperations.PopCount(window);
}
