using System.Globalization;
using System.Text;

namespace Karl.Graphs.Internals;

/// <summary>A whole-number polynomial over names, in one canonical order. What a <see cref="Dimension"/> is made of.</summary>
internal sealed class Polynomial
{
    private const int MaximumTerms = 64;
    private const int MaximumDegree = 16;
    private const int MaximumCharacters = 1024;

    private readonly Monomial[] _terms;

    private Polynomial(IEnumerable<Monomial> terms)
    {
        var sums = new SortedDictionary<Symbol[], long>(Comparer<Symbol[]>.Create(Monomial.CompareSymbols));
        foreach (var term in terms)
        {
            sums[term.Symbols] = Held((Int128)sums.GetValueOrDefault(term.Symbols) + term.Factor);
        }
        _terms = [.. sums.Where(sum => sum.Value != 0).Select(sum => new Monomial(sum.Value, sum.Key))];
        if (_terms.Sum(term => term.Symbols.Sum(symbol => (long)symbol.Name.Length)) > MaximumCharacters)
        {
            throw new ArgumentException($"The names in a dimension grew past {MaximumCharacters} characters; give it a name of its own instead.");
        }
        if (_terms.Length > MaximumTerms || (_terms.Length > 0 && _terms[0].Symbols.Length > MaximumDegree))
        {
            throw new ArgumentException($"A dimension grew past {MaximumTerms} terms or degree {MaximumDegree}; give it a name of its own instead.");
        }
    }

    /// <summary>A plain number, by far the most common.</summary>
    private Polynomial(long value) => _terms = value == 0 ? [] : [new(value, [])];

    public bool IsConstant => _terms.Length == 0 || (_terms.Length == 1 && _terms[0].Symbols.Length == 0);

    public long Constant => _terms.Length > 0 && _terms[^1].Symbols.Length == 0 ? _terms[^1].Factor : 0;

    public IReadOnlyList<Monomial> Terms => _terms;

    public IEnumerable<Symbol> Symbols => _terms.SelectMany(term => term.Symbols).Distinct();

    public string[] Names => [.. Symbols.Select(symbol => symbol.Name).Order(StringComparer.Ordinal)];

    public static Polynomial Number(long value) => new(value);

    public static Polynomial Of(Symbol symbol) => new([new Monomial(1, [symbol])]);

    public Polynomial Plus(Polynomial other) => IsConstant && other.IsConstant
        ? new(Held((Int128)Constant + other.Constant))
        : new(_terms.Concat(other._terms));

    public Polynomial Times(Polynomial other) => IsConstant && other.IsConstant ? new(Held((Int128)Constant * other.Constant)) : new(
        from left in _terms
        from right in other._terms
        select new Monomial(Held((Int128)left.Factor * right.Factor), [.. left.Symbols.Concat(right.Symbols).OrderBy(symbol => symbol.Name, StringComparer.Ordinal)]));

    public Polynomial FloorDivide(long divisor)
    {
        if (_terms.All(term => term.Symbols.Length == 0 || term.Factor % divisor == 0))
        {
            return new(_terms.Select(term => new Monomial(FloorDivide(term.Factor, divisor), term.Symbols)));
        }
        return Of(new(string.Create(CultureInfo.InvariantCulture, $"floor(({this})/{divisor})"), this, divisor));
    }

    /// <summary>Long division by leading terms; null where something is left over.</summary>
    public Polynomial? DivideExactly(Polynomial divisor)
    {
        if (divisor._terms.Length == 0) return null;
        var lead = divisor._terms[0];
        var quotient = Number(0);
        var rest = this;
        for (var step = 0; rest._terms.Length > 0; step++)
        {
            var top = rest._terms[0];
            if (step > MaximumTerms || top.Factor % lead.Factor != 0 || Without(top.Symbols, lead.Symbols) is not { } symbols) return null;
            var part = new Polynomial([new Monomial(top.Factor / lead.Factor, symbols)]);
            quotient = quotient.Plus(part);
            rest = rest.Plus(part.Times(divisor).Times(Number(-1)));
        }
        return quotient;
    }

    public long Evaluate(IReadOnlyDictionary<string, long> values) =>
        _terms.Aggregate(0L, (sum, term) => Held((Int128)sum + term.Symbols.Aggregate(term.Factor, (product, symbol) => Held((Int128)product * ValueOf(symbol, values)))));

    public override string ToString()
    {
        if (_terms.Length == 0) return "0";
        var text = new StringBuilder();
        foreach (var (factor, symbols) in _terms)
        {
            if (text.Length > 0 && factor > 0) text.Append('+');
            var product = string.Join('*', symbols.Select(symbol => symbol.Name));
            text.Append(factor switch
            {
                1 when symbols.Length > 0 => product,
                -1 when symbols.Length > 0 => "-" + product,
                _ => factor.ToString(CultureInfo.InvariantCulture) + (symbols.Length > 0 ? "*" + product : ""),
            });
        }
        return text.ToString();
    }

    private static long ValueOf(Symbol symbol, IReadOnlyDictionary<string, long> values)
    {
        if (values.TryGetValue(symbol.Name, out var value)) return value;
        return symbol.Dividend is { } dividend
            ? FloorDivide(dividend.Evaluate(values), symbol.Divisor)
            : throw new ArgumentException($"Dimension '{symbol.Name}' has no value; values were given for: {string.Join(", ", values.Keys)}.");
    }

    private static long Held(Int128 value) => value >= long.MinValue && value <= long.MaxValue
        ? (long)value
        : throw new ArgumentException($"The length {value} does not fit in 64 bits.");

    private static long FloorDivide(long value, long divisor) =>
        value / divisor - (value % divisor < 0 ? 1 : 0);

    private static Symbol[]? Without(Symbol[] symbols, Symbol[] taken)
    {
        var left = symbols.ToList();
        return taken.All(left.Remove) ? [.. left] : null;
    }
}
