namespace Karl.Graphs.Tests.Gradients;

internal static class ReductionGradientCases
{
    public static GradientCase[] All { get; } =
    [
        new(Operator.ReduceSum, "all", b => b.X(2, 3).ReduceSum()),
        new(Operator.ReduceSum, "middle", b => b.X(2, 3, 4).ReduceSum([1])),
        new(Operator.ReduceSum, "kept, symbolic", b => b.X(["batch", "width"], 2, 3).ReduceSum([-1], true)),
        new(Operator.ReduceSum, "none", b => b.X(2, 3).ReduceSum([])),
        new(Operator.ReduceSum, "axis of one", b => b.X(2, 1).ReduceSum([1])),
        new(Operator.ReduceSum, "axes left out", b => b.Graph.Apply(Operator.ReduceSum, [b.X(2, 3)])[0]),
        new(Operator.ReduceSumSquare, "last", b => b.X(2, 3).ReduceSumSquare([1])),
        new(Operator.ReduceMean, "all, symbolic", b => b.X(["batch", 3], 2, 3).ReduceMean()),
        new(Operator.ReduceMean, "kept", b => b.X(2, 3, 4).ReduceMean([0, 2], true)),
        new(Operator.ReduceMean, "of a mean", b => b.X(2, 3, 4).ReduceMean([2], true).ReduceMean([1], true)),
        new(Operator.ReduceMax, "last", b => b.Apart(3, 4).ReduceMax([1])),
        new(Operator.ReduceMax, "all", b => b.Apart(3, 4).ReduceMax()),
        new(Operator.ReduceMin, "kept", b => b.Apart(3, 4).ReduceMin([0], true)),
        new(Operator.CumSum, "plain", b => b.X(3, 4).CumSum(1)),
        new(Operator.CumSum, "exclusive", b => b.X(3, 4).CumSum(0, exclusive: true)),
        new(Operator.CumSum, "reverse", b => b.X(3, 4).CumSum(-1, reverse: true)),
        new(Operator.CumSum, "exclusive and reverse", b => b.X(3, 4).CumSum(1, true, true)),
        new(Operator.TopK, "greatest", b => b.Apart(3, 4).TopK(2).Values),
        new(Operator.TopK, "least, first axis", b => b.Apart(4, 2).TopK(3, 0, false).Values),
    ];
}
