namespace Karl.Graphs.Internals;

/// <summary>Which axes became which when a tensor was reshaped: the smallest runs of axes that hold equally many elements before and after.</summary>
internal static class ReshapedAxes
{
    /// <summary>The runs in order; together they are all axes of both shapes.</summary>
    public static IEnumerable<(int[] Before, int[] After)> Of(Shape before, Shape after)
    {
        var (first, second) = (0, 0);
        for (var end = 1; end <= before.Rank; end++)
        {
            var count = new Shape(before.Take(end)).ElementCount;
            var match = Enumerable.Range(second + 1, after.Rank - second).FirstOrDefault(other => new Shape(after.Take(other)).ElementCount == count);
            if (match == 0) continue;
            yield return ([.. Enumerable.Range(first, end - first)], [.. Enumerable.Range(second, match - second)]);
            (first, second) = (end, match);
        }
        if (first < before.Rank || second < after.Rank) yield return ([.. Enumerable.Range(first, before.Rank - first)], [.. Enumerable.Range(second, after.Rank - second)]);
    }
}
