namespace Karl.Graphs.Tests.Operators;

internal static class JoiningCases
{
    public static OperatorCase[] All { get; } =
    [
        new(Operator.Concat, "first axis", b => Tensor.Concat(0, b.X(2, 3), b.X(1, 3)), x => Slow.Concat(0, x)),
        new(Operator.Concat, "last axis, three", b => Tensor.Concat(-1, b.X(2, 1), b.X(2, 2), b.X(2, 3)), x => Slow.Concat(1, x)),
        new(Operator.Concat, "one alone", b => Tensor.Concat(0, b.X(2)), x => x[0]),
        new(Operator.Concat, "with nothing", b => Tensor.Concat(0, b.X(2), b.X(0)), x => x[0]),
        new(Operator.Split, "first part", b => b.X(2, 5).Split(1, 2, 3)[0], x => x[0].Rows(1, row => row[..2])),
        new(Operator.Split, "middle part, first axis", b => b.X(6, 2).Split(0, 1, 2, 3)[1], x => x[0].Rows(0, row => row[1..3])),
        new(Operator.Slice, "middle", b => b.X(2, 6).Slice(1, 1, 4), x => x[0].Rows(1, row => row[1..4])),
        new(Operator.Slice, "from the end", b => b.X(2, 6).Slice(-1, -3), x => x[0].Rows(1, row => row[^3..])),
        new(Operator.Slice, "up to before the end", b => b.X(6).Slice(0, 0, -1), x => x[0].Rows(0, row => row[..^1])),
        new(Operator.Slice, "every second", b => b.X(2, 7).Slice(1, 1, null, 2), x => x[0].Rows(1, row => [row[1], row[3], row[5]])),
        new(Operator.Slice, "beyond the end", b => b.X(4).Slice(0, 2, 99), x => x[0].Rows(0, row => row[2..])),
        new(Operator.Slice, "before the start", b => b.X(4).Slice(0, -99, 2), x => x[0].Rows(0, row => row[..2])),
        new(Operator.Slice, "nothing", b => b.X(2, 4).Slice(1, 3, 1), _ => new Slow([], 2, 0)),
        new(Operator.Slice, "backwards", b => b.X(2, 5).Slice(1, -1, null, -1), x => x[0].Rows(1, row => [.. row.Reverse()])),
        new(Operator.Slice, "backwards in twos", b => b.X(6).Slice(0, 4, 0, -2), x => x[0].Rows(0, row => [row[4], row[2]])),
        new(Operator.Slice, "backwards from beyond", b => b.X(4).Slice(0, 99, 1, -1), x => x[0].Rows(0, row => [row[3], row[2]])),
        new(Operator.Slice, "backwards from before the start", b => b.X(4).Slice(0, -99, null, -1), x => x[0].Rows(0, row => [row[0]])),
        new(Operator.Pad, "zeros", b => b.X(2, 3).Pad([1, 0], [0, 2]), x => Slow.Make([3, 5], p => p[0] >= 1 && p[1] < 3 ? x[0][p[0] - 1, p[1]] : 0)),
        new(Operator.Pad, "a value", b => b.X(2).Pad([1], [1], -1.5), x => Slow.Make([4], p => p[0] is 1 or 2 ? x[0][p[0] - 1] : -1.5)),
        new(Operator.Pad, "int64", b => b.Whole(ElementType.Int64, 0, 9, 2).Pad([0], [1], 7), x => Slow.Concat(0, x[0], new Slow([7], 1))),
        new(Operator.Pad, "taking away", b => b.X(4).Pad([-1], [0]), x => x[0].Rows(0, row => row[1..])),
    ];
}
