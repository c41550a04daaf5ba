using System.Globalization;
using System.Text.RegularExpressions;
using Karl.Export.Checkpoints;

namespace Karl.Export.Architectures.Internals;

/// <summary>Asks weights for single lengths, and keeps what could not be answered.</summary>
internal sealed class WeightShapes(StateDict weights)
{
    private const int Largest = 1 << 20;
    private readonly List<string> _problems = [];

    /// <summary>Every question without an answer.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Whether any weight's name begins so.</summary>
    public bool HasAny(string prefix) => weights.Names.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Whether there is such a weight.</summary>
    public bool Has(string name) => weights.Contains(name);

    /// <summary>A length of a weight's shape; 1 and a problem where there is none.</summary>
    public int Length(string name, int axis, int rank)
    {
        if (!weights.TryGet(name, out var tensor))
        {
            _problems.Add($"the weight '{name}' is missing");
            return 1;
        }
        if (tensor.Shape.Count == rank && tensor.Shape[axis] is > 0 and <= Largest) return (int)tensor.Shape[axis];
        _problems.Add($"the weight '{name}' is [{string.Join(", ", tensor.Shape)}], and {rank} lengths from 1 to {Largest} were wanted");
        return 1;
    }

    /// <summary>How many members a numbered family has: one more than the highest number after the prefix.</summary>
    public int Count(string prefix)
    {
        var pattern = new Regex("^" + Regex.Escape(prefix) + @"(\d{1,4})\.", RegexOptions.CultureInvariant);
        var numbers = weights.Names.Select(name => pattern.Match(name)).Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).ToHashSet();
        if (numbers.Count == 0) _problems.Add($"no weight is named '{prefix}0...'");
        return Math.Max(1, numbers.Count == 0 ? 1 : numbers.Max() + 1);
    }
}
