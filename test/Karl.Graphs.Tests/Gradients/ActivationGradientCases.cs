namespace Karl.Graphs.Tests.Gradients;

internal static class ActivationGradientCases
{
    public static GradientCase[] All { get; } =
    [
        new(Operator.Tanh, "matrix", b => b.X(2, 3).Tanh()),
        new(Operator.Sigmoid, "matrix", b => b.X(2, 3).Sigmoid()),
        new(Operator.Sigmoid, "swish", b => b.X(2, 3).Swish()),
        new(Operator.Relu, "matrix", b => b.Apart(4, 3).Relu()),
        new(Operator.Gelu, "matrix", b => b.Between(-4, 4, 3, 7).Gelu(), ElementType.Float32),
        new(Operator.Softmax, "last axis", b => b.X(2, 5).Softmax()),
        new(Operator.Softmax, "middle axis, symbolic", b => b.X(["batch", "rows", 3], 2, 4, 3).Softmax(1)),
        new(Operator.Softmax, "one class", b => b.X(2, 1).Softmax()),
        new(Operator.LogSoftmax, "last axis", b => b.X(2, 5).LogSoftmax()),
        new(Operator.LogSoftmax, "first axis", b => b.X(4, 2).LogSoftmax(0)),
        new(Operator.LogSoftmax, "cross-entropy", b => b.X(["batch", 3, 5], 2, 3, 5).CrossEntropy(b.Whole(0, 4, 2, 3))),
    ];
}
