using Karl.Graphs.Internals;

namespace Karl.Graphs;

/// <summary>
/// The length of one axis: a number (<c>3</c>), a name (<c>batch</c>), or sums and products of these
/// (<c>tokens+257</c>, <c>2*height</c>), kept exactly, so that equal lengths are recognised as equal.
/// </summary>
/// <remarks>Numbers and strings convert implicitly: <c>graph.Input("x", ElementType.Float32, "batch", 3)</c>.</remarks>
public sealed class Dimension : IEquatable<Dimension>
{
    private readonly Polynomial _value;
    private readonly string _text;

    internal Dimension(Polynomial value)
    {
        _value = value;
        _text = value.ToString();
    }

    /// <summary>Whether the length is a plain number.</summary>
    public bool IsFixed => _value.IsConstant;

    /// <summary>The number, when <see cref="IsFixed"/>.</summary>
    /// <exception cref="InvalidOperationException">The length has names in it.</exception>
    public long Value => IsFixed ? _value.Constant : throw new InvalidOperationException($"Dimension '{this}' is symbolic, so it has no fixed value yet.");

    /// <summary>The names that the length depends on, in ordinal order.</summary>
    public IReadOnlyList<string> Names => _value.Names;

    /// <summary>A length known only by name. Any text is taken as one name, even <c>a+b</c>.</summary>
    public static Dimension Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new(Polynomial.Of(new(name)));
    }

    /// <summary>Reads the printed form: names, numbers, <c>+</c>, <c>-</c>, <c>*</c> and <c>floor((...)/n)</c>.</summary>
    /// <exception cref="ArgumentException">The text is not such a form.</exception>
    public static Dimension Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return PolynomialParser.TryParse(text, out var value)
            ? new(value)
            : throw new ArgumentException($"'{text}' is not a dimension; wanted a number, a name, or sums and products such as 'tokens+257' or '2*height'.");
    }

    /// <summary>The number that the length becomes once each name has a value.</summary>
    /// <exception cref="ArgumentException">A name has no value.</exception>
    public long Evaluate(IReadOnlyDictionary<string, long> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return _value.Evaluate(values);
    }

    /// <summary>The quotient rounded down; exact where the number divides, otherwise kept as <c>floor((...)/n)</c>.</summary>
    public Dimension FloorDivide(long divisor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(divisor);
        return new(_value.FloorDivide(divisor));
    }

    /// <summary>Divides exactly, or returns null where no exact quotient exists.</summary>
    public Dimension? DivideExactly(Dimension divisor)
    {
        ArgumentNullException.ThrowIfNull(divisor);
        return _value.DivideExactly(divisor._value) is { } quotient ? new(quotient) : null;
    }

    internal Polynomial Polynomial => _value;

    /// <summary>A fixed length.</summary>
    public static implicit operator Dimension(long value) => new(Polynomial.Number(value));

    /// <summary>A named length, or an expression of names: see <see cref="Parse"/>.</summary>
    public static implicit operator Dimension(string text) => Parse(text);

    /// <summary>The sum.</summary>
    public static Dimension operator +(Dimension left, Dimension right) => new(left._value.Plus(right._value));

    /// <summary>The difference.</summary>
    public static Dimension operator -(Dimension left, Dimension right) => new(left._value.Plus(right._value.Times(Polynomial.Number(-1))));

    /// <summary>The product.</summary>
    public static Dimension operator *(Dimension left, Dimension right) => new(left._value.Times(right._value));

    /// <summary>Whether both are the same length whatever the names come to stand for.</summary>
    public static bool operator ==(Dimension? left, Dimension? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two may differ.</summary>
    public static bool operator !=(Dimension? left, Dimension? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(Dimension? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Dimension);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(_text, StringComparison.Ordinal);

    /// <summary>The printed form, for example <c>tokens+257</c>.</summary>
    public override string ToString() => _text;
}
