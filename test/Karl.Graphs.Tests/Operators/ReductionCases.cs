namespace Karl.Graphs.Tests.Operators;

internal static class ReductionCases
{
    public static OperatorCase[] All { get; } =
    [
        new(Operator.ReduceSum, "all", b => b.X(2, 3).ReduceSum(), x => x[0].Values.Sum()),
        new(Operator.ReduceSum, "last, kept", b => b.X(2, 3).ReduceSum([-1], true), x => x[0].Fold([1], true, row => row.Sum())),
        new(Operator.ReduceSum, "two of three", b => b.X(2, 3, 4).ReduceSum([0, 2]), x => x[0].Fold([0, 2], false, row => row.Sum())),
        new(Operator.ReduceSum, "no axes", b => b.X(2, 3).ReduceSum([]), x => x[0]),
        new(Operator.ReduceSumSquare, "last, kept", b => b.X(2, 3).ReduceSumSquare([-1], true), x => x[0].Fold([1], true, row => row.Sum(v => v * v))),
        new(Operator.ReduceSumSquare, "all", b => b.X(2, 3).ReduceSumSquare(), x => x[0].Values.Sum(v => v * v)),
        new(Operator.ReduceSum, "single number", b => b.X().ReduceSum(), x => x[0]),
        new(Operator.ReduceSum, "int64", b => b.Whole(ElementType.Int64, -9, 9, 2, 3).ReduceSum([0]), x => x[0].Fold([0], false, row => row.Sum())),
        new(Operator.ReduceMean, "middle", b => b.X(2, 3, 4).ReduceMean([1]), x => x[0].Fold([1], false, row => row.Average())),
        new(Operator.ReduceMean, "size one", b => b.X(2, 1).ReduceMean([1]), x => x[0].Reshape(2)),
        new(Operator.ReduceMax, "first", b => b.X(3, 4).ReduceMax([0]), x => x[0].Fold([0], false, row => row.Max())),
        new(Operator.ReduceMin, "all, kept", b => b.X(3, 4).ReduceMin(null, true), x => x[0].Fold([0, 1], true, row => row.Min())),
        new(Operator.ArgMax, "last", b => b.X(3, 5).ArgMax(-1), x => x[0].Fold([1], false, Largest)),
        new(Operator.ArgMax, "first of equals, kept", b => b.These(ElementType.Float32, [1, 3, 3, 0], 1, 4).ArgMax(1, true), _ => new Slow([1], 1, 1)),
        new(Operator.ArgMin, "first axis", b => b.X(3, 5).ArgMin(0), x => x[0].Fold([0], false, row => Largest(row.Select(v => -v)))),
        new(Operator.CumSum, "last", b => b.X(2, 4).CumSum(-1), x => x[0].Rows(1, row => [.. row.Select((_, i) => row[..(i + 1)].Sum())])),
        new(Operator.CumSum, "exclusive", b => b.X(4, 2).CumSum(0, true), x => x[0].Rows(0, row => [.. row.Select((_, i) => row[..i].Sum())])),
        new(Operator.CumSum, "reverse", b => b.Whole(ElementType.Int64, 0, 9, 5).CumSum(0, false, true), x => x[0].Rows(0, row => [.. row.Select((_, i) => row[i..].Sum())])),
        new(Operator.TopK, "greatest", b => b.X(3, 6).TopK(2).Values, x => x[0].Rows(1, row => [.. row.OrderDescending().Take(2)])),
        new(Operator.TopK, "where the least are, first axis", b => b.X(6, 2).TopK(3, 0, false).Indices, x => x[0].Rows(0, row => [.. row.Order().Take(3).Select(v => (double)Array.IndexOf(row, v))])),
        new(Operator.TopK, "all", b => b.X(4).TopK(4).Values, x => x[0].Rows(0, row => [.. row.OrderDescending()])),
    ];

    private static double Largest(IEnumerable<double> row) => row.ToList() is var list ? list.IndexOf(list.Max()) : -1;
}
