namespace Karl.Graphs.Tests.Operators;

internal static class ShapingCases
{
    public static OperatorCase[] All { get; } =
    [
        new(Operator.Reshape, "known", b => b.X(2, 6).Reshape(3, 4), x => x[0].Reshape(3, 4)),
        new(Operator.Reshape, "rest left open", b => b.X(2, 6).Reshape(-1, 2, 2), x => x[0].Reshape(3, 2, 2)),
        new(Operator.Reshape, "to a single number", b => b.X(1, 1).Reshape(), x => x[0].Reshape()),
        new(Operator.Reshape, "from a single number", b => b.X().Reshape(1, 1), x => x[0].Reshape(1, 1)),
        new(Operator.Reshape, "nothing", b => b.X(0, 3).Reshape(0, 1, 3), x => new Slow([], 0, 1, 3)),
        new(Operator.Transpose, "last two", b => b.X(2, 3, 4).Transpose(0, 2, 1), x => x[0].Transpose(0, 2, 1)),
        new(Operator.Transpose, "reversed", b => b.X(2, 3, 4).Transpose(), x => x[0].Transpose(2, 1, 0)),
        new(Operator.Transpose, "circle", b => b.X(2, 3, 4).Transpose(1, 2, 0), x => x[0].Transpose(1, 2, 0)),
        new(Operator.Expand, "axis of one", b => b.X(2, 1, 3).Expand(2, 4, 3), x => Slow.Make([2, 4, 3], p => x[0][p])),
        new(Operator.Expand, "axes in front", b => b.X(3).Expand(2, 2, 3), x => Slow.Make([2, 2, 3], p => x[0][p])),
        new(Operator.Expand, "single number", b => b.X().Expand(2, 3), x => Slow.Make([2, 3], p => x[0][p])),
        new(Operator.Expand, "already there", b => b.X(2, 3).Expand(2, 3), x => x[0]),
        new(Operator.Squeeze, "chosen", b => b.X(1, 2, 1, 3).Squeeze(0, -2), x => x[0].Reshape(2, 3)),
        new(Operator.Squeeze, "to a single number", b => b.X(1).Squeeze(0), x => x[0].Reshape()),
        new(Operator.Unsqueeze, "front and end", b => b.X(2, 3).Unsqueeze(0, -1), x => x[0].Reshape(1, 2, 3, 1)),
        new(Operator.Unsqueeze, "single number", b => b.X().Unsqueeze(0), x => x[0].Reshape(1)),
        new(Operator.Tile, "both axes", b => b.X(2, 3).Tile(2, 3), x => Slow.Make([4, 9], p => x[0][p[0] % 2, p[1] % 3])),
        new(Operator.Tile, "once", b => b.X(2, 3).Tile(1, 1), x => x[0]),
        new(Operator.ShapeOf, "matrix", b => b.X(2, 3).ShapeOf(), _ => new Slow([2, 3], 2)),
        new(Operator.ShapeOf, "single number", b => b.X().ShapeOf(), _ => new Slow([], 0)),
        new(Operator.Range, "from shape", b => Stepped(b, 1, 9, 3), _ => new Slow([1, 4, 7], 3)),
        new(Operator.Range, "none", b => Stepped(b, 5, 2, 1), _ => new Slow([], 0)),
        new(Operator.Identity, "matrix", b => b.X(2, 3).Identity(), x => x[0]),
        new(Operator.StopGradient, "matrix", b => b.X(2, 3).StopGradient(), x => x[0]),
        new(Operator.StraightThrough, "matrix", b => Tensor.StraightThrough(b.X(2, 3), b.X(2, 3)), x => x[0]),
    ];

    private static Tensor Stepped(CaseInputs inputs, long start, long limit, long step) => inputs.Graph.Range(
        inputs.Graph.Scalar(start, ElementType.Int64), inputs.Graph.Scalar(limit, ElementType.Int64), inputs.Graph.Scalar(step, ElementType.Int64));
}
