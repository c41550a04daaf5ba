namespace Karl.Graphs.Tests.Operators;

internal static class ActivationCases
{
    public static OperatorCase[] All { get; } =
    [
        new(Operator.Tanh, "matrix", b => b.X(2, 3).Tanh(), x => x[0].Map(Math.Tanh)),
        new(Operator.Sigmoid, "matrix", b => b.X(2, 3).Sigmoid(), x => x[0].Map(v => 1 / (1 + Math.Exp(-v)))),
        new(Operator.Sigmoid, "swish", b => b.X(2, 3).Swish(), x => x[0].Map(v => v / (1 + Math.Exp(-v)))),
        new(Operator.Relu, "matrix", b => b.X(2, 3).Relu(), x => x[0].Map(v => Math.Max(v, 0))),
        new(Operator.Gelu, "exact", b => b.Between(-3, 3, 20).Gelu(), x => x[0].Map(SlowNetworks.Gelu)),
        new(Operator.Softmax, "last axis", b => b.X(2, 3).Softmax(), x => x[0].Rows(1, SlowNetworks.Softmax)),
        new(Operator.Softmax, "middle axis", b => b.X(2, 4, 3).Softmax(1), x => x[0].Rows(1, SlowNetworks.Softmax)),
        new(Operator.Softmax, "size one", b => b.X(2, 1).Softmax(), x => x[0].Map(_ => 1)),
        new(Operator.Softmax, "float16", b => b.X(2, 3).Cast(ElementType.Float16).Softmax(), x => x[0].Rows(1, SlowNetworks.Softmax), 2e-3),
        new(Operator.LogSoftmax, "first axis", b => b.X(4, 3).LogSoftmax(0), x => x[0].Rows(0, SlowNetworks.Softmax).Map(Math.Log)),
    ];
}
