namespace Karl.Graphs.Tests.Gradients;

internal static class IndexingGradientCases
{
    public static GradientCase[] All { get; } =
    [
        new(Operator.Gather, "rows, some twice", b => b.X(4, 3).Gather(b.These([1, 3, 1, 0, 1, -1], 2, 3))),
        new(Operator.Gather, "few rows, from the end too", b => b.X(3, 4).Gather(b.These([1, -1, 1, -3, 2], 5))),
        new(Operator.Gather, "columns", b => b.X(2, 5).Gather(b.Whole(0, 4, 3), 1)),
        new(Operator.Gather, "known places on a middle axis", b => b.X(2, 3, 2).Gather(b.Graph.Integers(0, 0, 1, 2, 2, 2), 1)),
        new(Operator.Gather, "a single place", b => b.X(2, 5).Gather(b.Graph.Scalar(2, ElementType.Int64), 1)),
        new(Operator.Gather, "symbolic rows", b => b.X(["rows", 3], 4, 3).Gather(b.Whole(0, 3, 5))),
        new(Operator.Gather, "many rows of a small table", b => b.X(2, 2).Gather(b.Whole(0, 1, 40))),
        new(Operator.GatherElements, "rows", b => b.X(3, 4).GatherElements(b.Whole(0, 2, 2, 4), 0)),
        new(Operator.GatherElements, "last axis", b => b.X(2, 4).GatherElements(b.Whole(0, 3, 2, 6), -1)),
        new(Operator.ScatterElements, "rows, some twice", b => b.X(3, 2).ScatterAdd(b.Whole(0, 2, 5, 2), b.X(5, 2), 0) * b.X(3, 2)),
    ];
}
