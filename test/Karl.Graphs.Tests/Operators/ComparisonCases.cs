namespace Karl.Graphs.Tests.Operators;

internal static class ComparisonCases
{
    public static OperatorCase[] All { get; } =
    [
        new(Operator.Equal, "int64 stretching", b => b.Whole(ElementType.Int64, 0, 2, 3, 4).EqualTo(b.Whole(ElementType.Int64, 0, 2, 4)), x => Slow.Zip(x[0], x[1], (l, r) => l == r ? 1 : 0)),
        new(Operator.Equal, "number", b => b.Whole(ElementType.Int64, 0, 2, 9).EqualTo(1), x => x[0].Map(v => v == 1 ? 1 : 0)),
        new(Operator.Equal, "truth values", b => b.Truth(8).EqualTo(b.Truth(8)), x => Slow.Zip(x[0], x[1], (l, r) => l == r ? 1 : 0)),
        new(Operator.Greater, "stretching", b => b.X(2, 3).Greater(b.X(2, 1)), x => Slow.Zip(x[0], x[1], (l, r) => l > r ? 1 : 0)),
        new(Operator.Greater, "number", b => b.X(5).Greater(0.5), x => x[0].Map(v => v > 0.5 ? 1 : 0)),
        new(Operator.GreaterOrEqual, "int64", b => b.Whole(ElementType.Int64, 0, 3, 9).GreaterOrEqual(2), x => x[0].Map(v => v >= 2 ? 1 : 0)),
        new(Operator.GreaterOrEqual, "row", b => b.X(5).GreaterOrEqual(b.X(5)), x => Slow.Zip(x[0], x[1], (l, r) => l >= r ? 1 : 0)),
        new(Operator.Less, "single against row", b => b.X().Less(b.X(5)), x => Slow.Zip(x[0], x[1], (l, r) => l < r ? 1 : 0)),
        new(Operator.Less, "number", b => b.X(5).Less(0), x => x[0].Map(v => v < 0 ? 1 : 0)),
        new(Operator.LessOrEqual, "int64", b => b.Whole(ElementType.Int64, 0, 3, 9).LessOrEqual(2), x => x[0].Map(v => v <= 2 ? 1 : 0)),
        new(Operator.LessOrEqual, "row", b => b.X(5).LessOrEqual(b.X(1)), x => Slow.Zip(x[0], x[1], (l, r) => l <= r ? 1 : 0)),
        new(Operator.And, "stretching", b => b.Truth(4, 4).And(b.Truth(4)), x => Slow.Zip(x[0], x[1], (l, r) => l * r)),
        new(Operator.Or, "stretching", b => b.Truth(4, 1).Or(b.Truth(4)), x => Slow.Zip(x[0], x[1], Math.Max)),
        new(Operator.Not, "matrix", b => b.Truth(4, 2).Not(), x => x[0].Map(v => 1 - v)),
        new(Operator.Where, "same shape", b => b.Truth(2, 3).Where(b.X(2, 3), b.X(2, 3)), x => Slow.Make([2, 3], p => x[0][p] > 0 ? x[1][p] : x[2][p])),
        new(Operator.Where, "all stretch", b => b.Truth(3, 1).Where(b.X(4), b.X(2, 1, 1)), x => Slow.Make([2, 3, 4], p => x[0][p] > 0 ? x[1][p] : x[2][p])),
        new(Operator.Cast, "to int64 towards zero", b => b.X(6).Cast(ElementType.Int64), x => x[0].Map(Math.Truncate)),
        new(Operator.Cast, "truth to float32", b => b.Truth(2, 3).Cast(ElementType.Float32), x => x[0]),
        new(Operator.Cast, "to float16", b => b.X(6).Cast(ElementType.Float16), x => x[0], 1e-3),
        new(Operator.Cast, "to truth", b => b.Whole(ElementType.Int32, 0, 2, 6).Cast(ElementType.Boolean), x => x[0].Map(v => v != 0 ? 1 : 0)),
        new(Operator.Cast, "to float64", b => b.X().Cast(ElementType.Float64), x => x[0]),
    ];
}
