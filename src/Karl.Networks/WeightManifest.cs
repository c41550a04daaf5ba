using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Karl.Graphs;

namespace Karl.Networks;

/// <summary>Every weight of a network with its shape, and how many numbers that makes.</summary>
/// <param name="Weights">Names and shapes in ordinal order of the names.</param>
public sealed partial record WeightManifest(IReadOnlyDictionary<string, Shape> Weights)
{
    /// <summary>Numbers in all weights together.</summary>
    public long ElementCount => Weights.Values.Sum(shape => shape.ElementCount.Value);

    /// <summary>Lists what all parts of a network need; a weight that several need stands once.</summary>
    /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
    public static WeightManifest Of(ITokenizerArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        var weights = new SortedDictionary<string, Shape>(StringComparer.Ordinal);
        foreach (var parameter in architecture.Describe().SelectMany(part => part.Graph.Parameters))
        {
            weights[parameter.Name] = parameter.Shape;
        }
        return new(weights);
    }

    /// <summary>One line per weight, or per row of equal ones (<c>blocks.0-7</c> for eight blocks), and a line with the sums.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var rows = Weights.Select(weight => (Parts: LastNumber().Match(weight.Key), weight.Key, weight.Value))
            .GroupBy(weight => (weight.Parts.Success ? weight.Parts.Result("$`{n}$'") : weight.Key, Shape: weight.Value.ToString()));
        foreach (var row in rows)
        {
            var numbers = row.Where(weight => weight.Parts.Success).Select(weight => int.Parse(weight.Parts.ValueSpan, CultureInfo.InvariantCulture)).Order().ToList();
            var range = numbers.Count > 1 ? string.Join(',', Ranges(numbers)) : numbers.FirstOrDefault().ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{row.Key.Item1.Replace("{n}", range, StringComparison.Ordinal)} {row.Key.Shape}\n");
        }
        return text.Append(CultureInfo.InvariantCulture, $"{Weights.Count} weights, {ElementCount} numbers\n").ToString();
    }

    private static IEnumerable<string> Ranges(List<int> numbers)
    {
        for (var start = 0; start < numbers.Count;)
        {
            var end = start;
            while (end + 1 < numbers.Count && numbers[end + 1] == numbers[end] + 1) end++;
            yield return start == end ? $"{numbers[start]}" : $"{numbers[start]}-{numbers[end]}";
            start = end + 1;
        }
    }

    [GeneratedRegex(@"(?<=\.)\d+(?=\.)", RegexOptions.RightToLeft | RegexOptions.CultureInvariant)]
    private static partial Regex LastNumber();
}
