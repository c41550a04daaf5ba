namespace Karl.Graphs.Internals;

/// <summary>What a length can depend on: a name, or a quotient that does not come out even and so is kept under its printed form.</summary>
/// <param name="Name">The name; two symbols of one name are the same.</param>
/// <param name="Dividend">What is divided, for a quotient.</param>
/// <param name="Divisor">By how much.</param>
internal sealed record Symbol(string Name, Polynomial? Dividend = null, long Divisor = 1)
{
    public bool Equals(Symbol? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => string.GetHashCode(Name, StringComparison.Ordinal);
}

/// <summary>One product of symbols with a whole-number factor; no symbols for a plain number.</summary>
internal sealed record Monomial(long Factor, Symbol[] Symbols)
{
    /// <summary>Higher degree first, then by names: an order that multiplication keeps, so that division can go by leading terms.</summary>
    public static int CompareSymbols(Symbol[] left, Symbol[] right)
    {
        if (left.Length != right.Length) return right.Length.CompareTo(left.Length);
        for (var i = 0; i < left.Length; i++)
        {
            var order = string.CompareOrdinal(left[i].Name, right[i].Name);
            if (order != 0) return order;
        }
        return 0;
    }
}
