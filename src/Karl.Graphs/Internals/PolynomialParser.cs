using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Karl.Graphs.Internals;

/// <summary>Reads what <see cref="Polynomial.ToString"/> prints.</summary>
internal static class PolynomialParser
{
    private const string Signs = "+-*/()";

    public static bool TryParse(string text, [NotNullWhen(true)] out Polynomial? value)
    {
        value = Polynomial.Number(0);
        text = WithoutSpacesAroundSigns(text);
        var position = 0;
        while (position < text.Length)
        {
            var sign = text[position] == '-' ? -1 : 1;
            if (text[position] is '+' or '-') position++;
            else if (position > 0) return false;
            if (!TryReadProduct(text, ref position, out var product)) return false;
            value = value.Plus(product.Times(Polynomial.Number(sign)));
        }
        return text.Length > 0;
    }

    private static string WithoutSpacesAroundSigns(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(parts.Select((part, index) =>
            index == 0 || Signs.Contains(part[0]) || Signs.Contains(parts[index - 1][^1]) ? part : " " + part));
    }

    private static bool TryReadProduct(string text, ref int position, [NotNullWhen(true)] out Polynomial? product)
    {
        product = Polynomial.Number(1);
        while (true)
        {
            if (!TryReadFactor(text, ref position, out var factor)) return false;
            product = product.Times(factor);
            if (position >= text.Length || text[position] != '*') return true;
            position++;
        }
    }

    private static bool TryReadFactor(string text, ref int position, [NotNullWhen(true)] out Polynomial? factor)
    {
        factor = null;
        var start = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '.')) position++;
        if (position == start) return false;
        if (char.IsAsciiDigit(text[start]))
        {
            if (!long.TryParse(text.AsSpan(start, position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
            factor = Polynomial.Number(number);
            return true;
        }
        if (position < text.Length && text[position] == '(' && !TrySkipParentheses(text, ref position)) return false;
        factor = Polynomial.Of(SymbolOf(text[start..position]));
        return true;
    }

    /// <summary>Takes <c>floor((dividend)/divisor)</c> apart; anything else is a plain name.</summary>
    private static Symbol SymbolOf(string name)
    {
        var slash = name.LastIndexOf(")/", StringComparison.Ordinal);
        return name.StartsWith("floor((", StringComparison.Ordinal) && slash >= 7
            && long.TryParse(name.AsSpan(slash + 2, name.Length - slash - 3), NumberStyles.None, CultureInfo.InvariantCulture, out var divisor)
            && divisor > 0
            && TryParse(name[7..slash], out var dividend)
            ? new(name, dividend, divisor)
            : new(name);
    }

    private static bool TrySkipParentheses(string text, ref int position)
    {
        for (var depth = 0; position < text.Length;)
        {
            var letter = text[position++];
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (depth == 0) return true;
        }
        return false;
    }
}
