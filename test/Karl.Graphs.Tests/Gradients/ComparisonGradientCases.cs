namespace Karl.Graphs.Tests.Gradients;

internal static class ComparisonGradientCases
{
    public static GradientCase[] All { get; } =
    [
        new(Operator.Where, "same shapes", b => b.Truth(3, 4).Where(b.X(3, 4), b.X(3, 4))),
        new(Operator.Where, "condition stretches", b => b.Truth(3, 1).Where(b.X(3, 4), b.X(3, 4))),
        new(Operator.Where, "row and single number", b => b.Truth(3, 4).Where(b.X(4), b.X())),
        new(Operator.Where, "short gradient", b => b.Truth(3, 4).Where(b.X(3, 4), b.X(3, 4)).ReduceMean([0, 1])),
        new(Operator.Cast, "to float32 and back", b => (b.X(2, 3).Cast(ElementType.Float64) * 2).Cast(ElementType.Float32), ElementType.Float32),
    ];
}
