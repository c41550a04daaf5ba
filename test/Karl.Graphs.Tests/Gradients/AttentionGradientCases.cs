namespace Karl.Graphs.Tests.Gradients;

internal static class AttentionGradientCases
{
    public static GradientCase[] All { get; } =
    [
        new(Operator.Attention, "itself, two heads", b => b.X(2, 3, 4) is var x ? x.Attention(x, x, 2) : x, ElementType.Float32),
        new(Operator.Attention, "others, other value width, symbolic", b => b.X(["batch", "tokens", 4], 2, 3, 4).Attention(b.X(["batch", "others", 4], 2, 5, 4), b.X(["batch", "others", 6], 2, 5, 6), 2), ElementType.Float32),
        new(Operator.Attention, "scale", b => b.X(1, 3, 4).Attention(b.X(1, 3, 4), b.X(1, 3, 4), 1, 0.125f), ElementType.Float32),
        new(Operator.Attention, "only values wanted", b => Floats(b, 1, 3, 4).Attention(Floats(b, 1, 2, 4), b.X(1, 2, 4), 2), ElementType.Float32),
        new(Operator.Attention, "only queries wanted", b => b.X(1, 3, 4).Attention(Floats(b, 1, 2, 4), Floats(b, 1, 2, 4), 2), ElementType.Float32),
        new(Operator.Attention, "one token", b => b.X(1, 1, 4).Attention(b.X(1, 1, 4), b.X(1, 1, 4), 4), ElementType.Float32),
    ];

    private static Tensor Floats(GradientInputs inputs, params long[] shape) => inputs.Graph.Constant(
        TensorData.From(Enumerable.Range(0, (int)shape.Aggregate((product, length) => product * length)).Select(place => MathF.Sin(place)).ToArray(), shape));
}
