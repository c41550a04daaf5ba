namespace Karl.Graphs.Internals;

/// <summary>One axis of a slice: where it begins and ends, counted from the front, and how long it is.</summary>
internal sealed class AxisCut
{
    public AxisCut(NodeDraft node, Dimension length, Dimension start, Dimension end, long step)
    {
        node.Require(step != 0, "the step must not be zero");
        node.Require(step > 0 || length.IsFixed, "stepping backwards needs an axis of fixed length");
        Step = step;
        Start = FromFront(start, length, 0, step > 0 ? 0 : -1);
        var stop = FromFront(end, length, step > 0 ? 0 : -1, step > 0 ? 0 : -1);
        Length = step > 0
            ? (stop - Start + (step - 1)).FloorDivide(step)
            : (Start - stop + (-step - 1)).FloorDivide(-step);
        if (length == 0 || (Length.IsFixed && Length.Value < 0)) Length = 0;
    }

    public Dimension Start { get; }

    public long Step { get; }

    public Dimension Length { get; }

    /// <summary>The elements that the cut takes from a known row; null where that is not known.</summary>
    public IReadOnlyList<Dimension>? Take(IReadOnlyList<Dimension> row) => Start.IsFixed && Length.IsFixed
        ? [.. Enumerable.Range(0, (int)Length.Value).Select(index => row[(int)(Start.Value + index * Step)])]
        : null;

    /// <summary>Negative places count from the end; places beyond a known length stop at the lowest, or at the length plus <paramref name="beyond"/>.</summary>
    private static Dimension FromFront(Dimension place, Dimension length, long lowest, long beyond)
    {
        if (!place.IsFixed) return place;
        if (place.Value > int.MaxValue) return length + beyond;
        if (place.Value < int.MinValue) return lowest;
        var counted = place.Value < 0 ? length + place : place;
        return counted.IsFixed && length.IsFixed ? Math.Max(lowest, Math.Min(counted.Value, length.Value + beyond)) : counted;
    }
}
