namespace Karl.Graphs.Tests.Operators;

internal static class IndexingCases
{
    public static OperatorCase[] All { get; } =
    [
        new(Operator.Gather, "rows at matrix", b => b.X(5, 3).Gather(b.Whole(ElementType.Int64, 0, 4, 2, 4)), x => Slow.Make([2, 4, 3], p => x[0][(int)x[1][p[0], p[1]], p[2]])),
        new(Operator.Gather, "columns", b => b.X(2, 5).Gather(b.Whole(ElementType.Int64, 0, 4, 3), 1), x => Slow.Make([2, 3], p => x[0][p[0], (int)x[1][p[1]]])),
        new(Operator.Gather, "at a single place", b => b.X(2, 5).Gather(b.Graph.Scalar(-1, ElementType.Int64), 1), x => x[0].Rows(1, row => row[^1..]).Reshape(2)),
        new(Operator.Gather, "int32 places", b => b.X(5).Gather(b.Whole(ElementType.Int32, -5, 4, 6)), x => x[1].Map(v => x[0].Values[(int)(v < 0 ? v + 5 : v)])),
        new(Operator.GatherElements, "rows", b => b.X(3, 4).GatherElements(b.Whole(ElementType.Int64, 0, 2, 2, 4), 0), x => Slow.Make([2, 4], p => x[0][(int)x[1][p], p[1]])),
        new(Operator.GatherElements, "last axis", b => b.X(2, 4).GatherElements(b.Whole(ElementType.Int64, 0, 3, 2, 6), -1), x => Slow.Make([2, 6], p => x[0][p[0], (int)x[1][p]])),
        new(Operator.ScatterElements, "rows, some twice", b => b.X(3, 2).ScatterAdd(b.Whole(ElementType.Int64, 0, 2, 5, 2), b.X(5, 2), 0), x => Slow.Make([3, 2], p => x[0][p] + Enumerable.Range(0, 5).Where(row => (int)x[1][row, p[1]] == p[0]).Sum(row => x[2][row, p[1]]))),
        new(Operator.ScatterElements, "last axis", b => b.X(2, 4).ScatterAdd(b.Whole(ElementType.Int64, 0, 3, 2, 3), b.X(2, 3), -1), x => Slow.Make([2, 4], p => x[0][p] + Enumerable.Range(0, 3).Where(column => (int)x[1][p[0], column] == p[1]).Sum(column => x[2][p[0], column]))),
        new(Operator.OneHot, "row", b => b.Whole(ElementType.Int64, 0, 3, 5).OneHot(4), x => Slow.Make([5, 4], p => (int)x[0][p[0]] == p[1] ? 1 : 0)),
        new(Operator.OneHot, "matrix, size one", b => b.Whole(ElementType.Int64, 0, 2, 4, 1).OneHot(3), x => Slow.Make([4, 1, 3], p => (int)x[0][p[0], p[1]] == p[2] ? 1 : 0)),
    ];
}
