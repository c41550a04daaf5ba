using System.Globalization;
using System.Text;

namespace Karl.Graphs.Internals;

/// <summary>One product of names with a whole-number factor; no names for a plain number.</summary>
internal sealed record Monomial(long Factor, string[] Names)
{
    /// <summary>Higher degree first, then by names: an order that multiplication keeps, so that division can go by leading terms.</summary>
    public static int CompareNames(string[] left, string[] right)
    {
        if (left.Length != right.Length) return right.Length.CompareTo(left.Length);
        for (var i = 0; i < left.Length; i++)
        {
            var order = string.CompareOrdinal(left[i], right[i]);
            if (order != 0) return order;
        }
        return 0;
    }
}

/// <summary>A whole-number polynomial over names, in one canonical order. What a <see cref="Dimension"/> is made of.</summary>
internal sealed class Polynomial
{
    private const int MaximumTerms = 64;
    private const int MaximumDegree = 16;
    private const int MaximumCharacters = 1024;

    private readonly Monomial[] _terms;

    private Polynomial(IEnumerable<Monomial> terms)
    {
        var sums = new SortedDictionary<string[], long>(Comparer<string[]>.Create(Monomial.CompareNames));
        foreach (var term in terms)
        {
            sums[term.Names] = Held((Int128)sums.GetValueOrDefault(term.Names) + term.Factor);
        }
        _terms = [.. sums.Where(sum => sum.Value != 0).Select(sum => new Monomial(sum.Value, sum.Key))];
        if (_terms.Sum(term => term.Names.Sum(name => (long)name.Length)) > MaximumCharacters)
        {
            throw new ArgumentException($"The names in a dimension grew past {MaximumCharacters} characters; give it a name of its own instead.");
        }
        if (_terms.Length > MaximumTerms || (_terms.Length > 0 && _terms[0].Names.Length > MaximumDegree))
        {
            throw new ArgumentException($"A dimension grew past {MaximumTerms} terms or degree {MaximumDegree}; give it a name of its own instead.");
        }
    }

    /// <summary>A plain number, by far the most common.</summary>
    private Polynomial(long value) => _terms = value == 0 ? [] : [new(value, [])];

    public bool IsConstant => _terms.Length == 0 || (_terms.Length == 1 && _terms[0].Names.Length == 0);

    public long Constant => _terms.Length > 0 && _terms[^1].Names.Length == 0 ? _terms[^1].Factor : 0;

    public IReadOnlyList<Monomial> Terms => _terms;

    public string[] Names => [.. _terms.SelectMany(term => term.Names).Distinct().Order(StringComparer.Ordinal)];

    public static Polynomial Number(long value) => new(value);

    public static Polynomial Symbol(string name) => new([new Monomial(1, [name])]);

    public Polynomial Plus(Polynomial other) => IsConstant && other.IsConstant
        ? new(Held((Int128)Constant + other.Constant))
        : new(_terms.Concat(other._terms));

    public Polynomial Times(Polynomial other) => IsConstant && other.IsConstant ? new(Held((Int128)Constant * other.Constant)) : new(
        from left in _terms
        from right in other._terms
        select new Monomial(Held((Int128)left.Factor * right.Factor), [.. left.Names.Concat(right.Names).Order(StringComparer.Ordinal)]));

    public Polynomial FloorDivide(long divisor)
    {
        if (_terms.All(term => term.Names.Length == 0 || term.Factor % divisor == 0))
        {
            return new(_terms.Select(term => new Monomial(FloorDivide(term.Factor, divisor), term.Names)));
        }
        return Symbol(string.Create(CultureInfo.InvariantCulture, $"floor(({this})/{divisor})"));
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
            if (step > MaximumTerms || top.Factor % lead.Factor != 0 || Without(top.Names, lead.Names) is not { } names) return null;
            var part = new Polynomial([new Monomial(top.Factor / lead.Factor, names)]);
            quotient = quotient.Plus(part);
            rest = rest.Plus(part.Times(divisor).Times(Number(-1)));
        }
        return quotient;
    }

    public long Evaluate(IReadOnlyDictionary<string, long> values) =>
        _terms.Aggregate(0L, (sum, term) => Held((Int128)sum + term.Names.Aggregate(term.Factor, (product, name) => Held((Int128)product * ValueOf(name, values)))));

    public override string ToString()
    {
        if (_terms.Length == 0) return "0";
        var text = new StringBuilder();
        foreach (var (factor, names) in _terms)
        {
            if (text.Length > 0 && factor > 0) text.Append('+');
            var product = string.Join('*', names);
            text.Append(factor switch
            {
                1 when names.Length > 0 => product,
                -1 when names.Length > 0 => "-" + product,
                _ => factor.ToString(CultureInfo.InvariantCulture) + (names.Length > 0 ? "*" + product : ""),
            });
        }
        return text.ToString();
    }

    private static long ValueOf(string name, IReadOnlyDictionary<string, long> values)
    {
        if (values.TryGetValue(name, out var value)) return value;
        return PolynomialParser.TryParseFloor(name, out var dividend, out var divisor)
            ? FloorDivide(dividend.Evaluate(values), divisor)
            : throw new ArgumentException($"Dimension '{name}' has no value; values were given for: {string.Join(", ", values.Keys)}.");
    }

    private static long Held(Int128 value) => value >= long.MinValue && value <= long.MaxValue
        ? (long)value
        : throw new ArgumentException($"The length {value} does not fit in 64 bits.");

    private static long FloorDivide(long value, long divisor) =>
        value / divisor - (value % divisor < 0 ? 1 : 0);

    private static string[]? Without(string[] names, string[] taken)
    {
        var left = names.ToList();
        return taken.All(left.Remove) ? [.. left] : null;
    }
}
