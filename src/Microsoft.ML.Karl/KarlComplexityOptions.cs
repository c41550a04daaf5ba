namespace Microsoft.ML.Karl;

/// <summary>How the complexity of a column of images is told.</summary>
public sealed record KarlComplexityOptions : KarlImageOptions
{
    /// <summary>Name of the column of bits, a Single: kept tokens times the bits of each; null is the output column's name followed by <c>Bits</c>.</summary>
    public string? BitsColumnName { get; init; }

    /// <summary>Name of the column of normalized complexity, a Single from 0 to 1: kept tokens through the budget; null is the output column's name followed by <c>Normalized</c>.</summary>
    public string? NormalizedColumnName { get; init; }
}
