using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Graph
{
    /// <summary>A length as a value inside the graph, int64 <c>[1]</c>: from the shape of a tensor that has it, and arithmetic.</summary>
    /// <exception cref="ArgumentException">A name in it stands on no tensor of the graph.</exception>
    public Tensor LengthOf(Dimension length)
    {
        ArgumentNullException.ThrowIfNull(length);
        if (length.IsFixed) return Integers(length.Value);
        if (Bearer(length) is { } bearer && !length.Polynomial.Symbols.All(Knows)) return Taken(bearer, length);
        Tensor? sum = null;
        foreach (var (factor, symbols) in length.Polynomial.Terms)
        {
            var product = symbols.Select(LengthOfSymbol).Aggregate((Tensor?)null, (left, right) => left is null ? right : left * right);
            var term = product is null ? Integers(factor) : factor == 1 ? product : product * Integers(factor);
            sum = sum is null ? term : sum + term;
        }
        return sum!;
    }

    /// <summary>The numbers 0, 1, 2 ... as int64 <c>[count]</c>.</summary>
    public Tensor Range(Dimension count)
    {
        ArgumentNullException.ThrowIfNull(count);
        if (count.IsFixed && count.Value <= 4096) return Integers([.. Enumerable.Range(0, (int)count.Value).Select(value => (long)value)]);
        return Range(Scalar(0, ElementType.Int64), LengthOf(count).Squeeze(0), Scalar(1, ElementType.Int64));
    }

    /// <summary>The numbers from <paramref name="start"/> up to but without <paramref name="limit"/> in steps of <paramref name="step"/>; three single numbers of one type.</summary>
    public Tensor Range(Tensor start, Tensor limit, Tensor step) => Apply1(Operator.Range, null, start, limit, step);

    /// <summary>Several lengths as one row, int64 <c>[count]</c>.</summary>
    internal Tensor LengthsOf(IReadOnlyList<Dimension> lengths) => lengths.All(length => length.IsFixed)
        ? Integers([.. lengths.Select(length => length.Value)])
        : Tensor.Concat(0, [.. lengths.Select(LengthOf)]);

    /// <summary>Whether <see cref="LengthOf"/> can give the length.</summary>
    internal bool KnowsLength(Dimension length) => length.Polynomial.Symbols.All(Knows) || Bearer(length) is not null;

    private bool Knows(Symbol symbol) =>
        Bearer(new(Polynomial.Of(symbol))) is not null || (symbol.Dividend is { } dividend && KnowsLength(new(dividend)));

    private Tensor LengthOfSymbol(Symbol symbol)
    {
        var length = new Dimension(Polynomial.Of(symbol));
        if (Bearer(length) is { } tensor) return Taken(tensor, length);
        return symbol.Dividend is { } dividend
            ? LengthOf(new Dimension(dividend)) / Integers(symbol.Divisor)
            : throw new ArgumentException($"Graph '{Name}': no tensor has an axis of length '{symbol.Name}', so its value is not known when the graph runs.");
    }

    private Tensor Taken(Tensor bearer, Dimension length) => IsLengthInput(bearer, length)
        ? bearer.Reshape(1)
        : bearer.ShapeOf().Gather(Integers(bearer.Shape.ToList().IndexOf(length)), 0);

    /// <summary>The first tensor that tells a length: an input that is the length itself, or any with such an axis.</summary>
    private Tensor? Bearer(Dimension length) => _inputs.Concat(_nodes.SelectMany(node => node.Outputs))
        .FirstOrDefault(tensor => IsLengthInput(tensor, length) || tensor.Shape.Contains(length));

    private static bool IsLengthInput(Tensor tensor, Dimension length) =>
        tensor.Kind == TensorKind.Input && tensor.Lengths is [var value] && value == length;
}
