namespace Karl.Graphs.Tests.Gradients;

internal static class ShapingGradientCases
{
    public static GradientCase[] All { get; } =
    [
        new(Operator.Reshape, "known", b => b.X(2, 6).Reshape(3, 4) * b.X(3, 4)),
        new(Operator.Reshape, "symbolic", b => b.X(["batch", "tokens", 4], 2, 3, 4).Reshape("batch", "tokens", 2, 2) * b.X(2, 2)),
        new(Operator.Reshape, "to a single number", b => b.X(1, 1).Reshape()),
        new(Operator.Reshape, "of a mean in steps", b => b.X(["batch", 2, 6], 2, 2, 6).Reshape("batch", 2, 3, 2).ReduceMean([-1]).ReduceMean([-1])),
        new(Operator.Reshape, "long in one axis and short in the other of a run", b => b.X(2, 6).Reshape(2, 3, 2).ReduceSum([-1]) * b.X(2, 3)),
        new(Operator.Reshape, "axes of one", b => b.X(1, 2, 1, 3).Reshape(2, 3, 1).ReduceSum([1], keepDimensions: true) * b.X(2, 1, 1)),
        new(Operator.Transpose, "circle", b => b.X(2, 3, 4).Transpose(1, 2, 0) * b.X(3, 4, 2)),
        new(Operator.Transpose, "reversed", b => b.X(2, 3).Transpose() * b.X(3, 2)),
        new(Operator.Transpose, "twice", b => b.X(2, 3, 4).Transpose(1, 2, 0).Transpose(1, 0, 2) * b.X(4, 3, 2)),
        new(Operator.Expand, "axis of one", b => b.X(2, 1, 3).Expand(2, 4, 3)),
        new(Operator.Expand, "axes in front, symbolic", b => b.X(["batch", 3], 2, 3) * b.X(3).Expand("batch", 3)),
        new(Operator.Expand, "single number", b => b.X().Expand(2, 3)),
        new(Operator.Tile, "both axes", b => b.X(2, 3).Tile(2, 3)),
        new(Operator.Tile, "symbolic", b => b.X(["batch", 1, 2], 3, 1, 2).Tile(1, 4, 1)),
        new(Operator.Squeeze, "chosen", b => b.X(1, 2, 1, 3).Squeeze(0, -2) * b.X(2, 3)),
        new(Operator.Unsqueeze, "front and end, symbolic", b => b.X(["batch", 3], 2, 3).Unsqueeze(0, -1) * b.X(3, 1)),
        new(Operator.Identity, "matrix", b => b.X(2, 3).Identity()),
        new(Operator.StraightThrough, "the same both ways", b => b.X(2, 3) is var x ? Tensor.StraightThrough(x.StopGradient() * 2, x * 2) : x),
    ];
}
