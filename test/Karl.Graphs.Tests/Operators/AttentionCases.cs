namespace Karl.Graphs.Tests.Operators;

internal static class AttentionCases
{
    public static OperatorCase[] All { get; } =
    [
        new(Operator.Attention, "itself, two heads", b => b.X(2, 3, 8) is var x ? x.Attention(x, x, 2) : x, x => SlowNetworks.Attention(x[0], x[0], x[0], 2)),
        new(Operator.Attention, "others, other value width", b => b.X(1, 3, 4).Attention(b.X(1, 5, 4), b.X(1, 5, 6), 2), x => SlowNetworks.Attention(x[0], x[1], x[2], 2)),
        new(Operator.Attention, "scale", b => b.X(1, 3, 4).Attention(b.X(1, 3, 4), b.X(1, 3, 4), 1, 0.125f), x => SlowNetworks.Attention(x[0], x[1], x[2], 1, 0.125)),
        new(Operator.Attention, "one token", b => b.X(1, 1, 4).Attention(b.X(1, 1, 4), b.X(1, 1, 4), 4), x => x[2]),
    ];
}
