namespace Karl.Graphs.Tests.Operators;

internal static class ElementwiseCases
{
    public static OperatorCase[] All { get; } =
    [
        new(Operator.Add, "same shape", b => b.X(2, 3) + b.X(2, 3), x => Slow.Zip(x[0], x[1], (l, r) => l + r)),
        new(Operator.Add, "row to matrix", b => b.X(2, 3) + b.X(3), x => Slow.Zip(x[0], x[1], (l, r) => l + r)),
        new(Operator.Add, "both stretch", b => b.X(2, 1, 3) + b.X(4, 1), x => Slow.Zip(x[0], x[1], (l, r) => l + r)),
        new(Operator.Add, "single numbers", b => b.X() + b.X(), x => Slow.Zip(x[0], x[1], (l, r) => l + r)),
        new(Operator.Add, "size one", b => b.X(1) + b.X(1, 1), x => Slow.Zip(x[0], x[1], (l, r) => l + r)),
        new(Operator.Add, "number", b => 1.5 + (b.X(2, 3) + 0.5), x => x[0].Map(v => v + 2)),
        new(Operator.Add, "nothing", b => b.X(0, 3) + b.X(3), x => new Slow([], 0, 3)),
        new(Operator.Add, "int64", b => b.Whole(ElementType.Int64, -9, 9, 3) + 4, x => x[0].Map(v => v + 4)),
        new(Operator.Subtract, "stretching", b => b.X(2, 3) - b.X(2, 1), x => Slow.Zip(x[0], x[1], (l, r) => l - r)),
        new(Operator.Subtract, "from number", b => 1 - (b.X(3) - 2), x => x[0].Map(v => 3 - v)),
        new(Operator.Multiply, "stretching", b => b.X(1, 3) * b.X(2, 1), x => Slow.Zip(x[0], x[1], (l, r) => l * r)),
        new(Operator.Multiply, "number", b => 3 * (b.X(3) * 0.5), x => x[0].Map(v => v * 1.5)),
        new(Operator.Divide, "stretching", b => b.X(2, 3) / b.Between(1, 2, 3), x => Slow.Zip(x[0], x[1], (l, r) => l / r)),
        new(Operator.Divide, "of number", b => 2 / (b.Between(1, 2, 3) / 4), x => x[0].Map(v => 8 / v)),
        new(Operator.Divide, "integers towards zero", b => b.These(ElementType.Int64, [7, -7, 8, -1]) / 2, x => x[0].Map(v => Math.Truncate(v / 2))),
        new(Operator.Pow, "stretching", b => b.Between(0.5, 2, 2, 3).Pow(b.X(3)), x => Slow.Zip(x[0], x[1], Math.Pow)),
        new(Operator.Pow, "number", b => b.X(3).Pow(2), x => x[0].Map(v => v * v)),
        new(Operator.Min, "stretching", b => b.X(2, 3).Min(b.X(3)), x => Slow.Zip(x[0], x[1], Math.Min)),
        new(Operator.Min, "int64 number", b => b.Whole(ElementType.Int64, -9, 9, 5).Min(2), x => x[0].Map(v => Math.Min(v, 2))),
        new(Operator.Max, "stretching", b => b.X(2, 1).Max(b.X(1, 3)), x => Slow.Zip(x[0], x[1], Math.Max)),
        new(Operator.Max, "number", b => b.X().Max(0), x => x[0].Map(v => Math.Max(v, 0))),
        new(Operator.Negate, "matrix", b => -b.X(2, 3), x => x[0].Map(v => -v)),
        new(Operator.Negate, "int64", b => -b.Whole(ElementType.Int64, -9, 9, 3), x => x[0].Map(v => -v)),
        new(Operator.Abs, "matrix", b => b.X(2, 3).Abs(), x => x[0].Map(Math.Abs)),
        new(Operator.Sign, "matrix", b => b.Whole(ElementType.Float32, -2, 2, 3, 5).Sign(), x => x[0].Map(v => Math.Sign(v))),
        new(Operator.Sqrt, "row", b => b.Between(0, 4, 5).Sqrt(), x => x[0].Map(Math.Sqrt)),
        new(Operator.Exp, "row", b => b.X(5).Exp(), x => x[0].Map(Math.Exp)),
        new(Operator.Log, "row", b => b.Between(0.1, 4, 5).Log(), x => x[0].Map(Math.Log)),
        new(Operator.Reciprocal, "single", b => b.Between(0.5, 2).Reciprocal(), x => x[0].Map(v => 1 / v)),
        new(Operator.Floor, "halves", b => b.These(ElementType.Float32, [-1.5, -0.5, 0, 0.5, 1.5]).Floor(), x => x[0].Map(Math.Floor)),
        new(Operator.Round, "halves to even", b => b.These(ElementType.Float32, [-1.5, -0.5, 0.5, 1.5, 2.5, 2.6]).Round(), x => x[0].Map(v => Math.Round(v, MidpointRounding.ToEven))),
        new(Operator.Erf, "row", b => b.X(5).Erf(), x => x[0].Map(SlowNetworks.Erf)),
        new(Operator.Clip, "both sides", b => b.X(2, 5).Clip(-0.5, 1), x => x[0].Map(v => Math.Clamp(v, -0.5, 1))),
        new(Operator.Clip, "below only", b => b.X(5).Clip(0.25, null), x => x[0].Map(v => Math.Max(v, 0.25))),
        new(Operator.Clip, "above only", b => b.X(5).Clip(null, 0.25), x => x[0].Map(v => Math.Min(v, 0.25))),
        new(Operator.Clip, "int64", b => b.Whole(ElementType.Int64, -9, 9, 6).Clip(-2, 3), x => x[0].Map(v => Math.Clamp(v, -2, 3))),
    ];
}
