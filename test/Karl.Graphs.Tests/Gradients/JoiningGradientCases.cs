namespace Karl.Graphs.Tests.Gradients;

internal static class JoiningGradientCases
{
    public static GradientCase[] All { get; } =
    [
        new(Operator.Concat, "columns", b => Tensor.Concat(1, b.X(2, 3), b.X(2, 1), b.X(2, 2))),
        new(Operator.Concat, "twice the same", b => b.X(2, 3) is var x ? Tensor.Concat(0, x, x) : x),
        new(Operator.Concat, "symbolic lengths", b => Tensor.Concat(1, b.X(["batch", "tokens", 2], 2, 3, 2), b.X(["batch", 4, 2], 2, 4, 2), b.X(["batch", "others", 2], 2, 1, 2))),
        new(Operator.Concat, "a constant among", b => Tensor.Concat(0, b.Graph.Constant(TensorData.From([1.0, 2.0], 2)), b.X(3))),
        new(Operator.Split, "all used", b => b.X(2, 6).Split(1, 1, 2, 3) is var p ? p[0] * p[1].ReduceSum([1], true) + p[2] : p[0]),
        new(Operator.Split, "one used", b => b.X(["batch", 6], 2, 6).Split(-1, 4, 2)[1]),
        new(Operator.Slice, "middle", b => b.X(3, 5).Slice(1, 1, 4)),
        new(Operator.Slice, "from the end", b => b.X(3, 5).Slice(0, -2)),
        new(Operator.Slice, "steps", b => b.X(3, 8).Slice(1, 1, null, 3)),
        new(Operator.Slice, "steps to the last", b => b.X(7).Slice(0, 0, null, 2)),
        new(Operator.Slice, "backwards", b => b.X(5, 2).Slice(0, -1, null, -1)),
        new(Operator.Slice, "backwards in steps", b => b.X(7, 2).Slice(0, 5, 0, -2)),
        new(Operator.Slice, "nothing", b => b.X(5, 2).Slice(0, 3, 3).ReduceSum()),
        new(Operator.Slice, "rim cut off both axes", b => b.Graph.Apply(Operator.Slice, [b.X(2, 4, 5), b.Graph.Integers(1, 1), b.Graph.Integers(-1, -1), b.Graph.Integers(1, 2)])[0]),
        new(Operator.Slice, "first, as many as are asked for", b => b.X(2, 6, 2).First(1, b.Length("budget", 4))),
        new(Operator.Slice, "first of a symbolic axis", b => b.X(["batch", "tokens"], 2, 5).First(1, b.Length("budget", 2))),
        new(Operator.Slice, "first, all of them", b => b.X(3, 2).First(0, b.Length("budget", 3))),
        new(Operator.Slice, "after the first of a symbolic axis", b => b.X(["batch", "tokens+2", 2], 2, 5, 2).Slice(1, 2)),
        new(Operator.Slice, "steps on a symbolic axis", b => b.X(["tokens"], 6).Slice(0, 1, null, 2)),
        new(Operator.Pad, "zeros", b => b.X(2, 3).Pad([1, 0], [2, 1])),
        new(Operator.Pad, "cut and padded", b => b.X(3, 4).Pad([-1, 1], [0, -2])),
        new(Operator.Pad, "a value that varies", b => b.Graph.Apply(Operator.Pad, [b.X(2, 3), b.Graph.Integers(1, 0, 0, 2), b.X()], new() { { "mode", "constant" } })[0]),
    ];
}
