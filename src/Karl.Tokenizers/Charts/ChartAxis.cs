namespace Karl.Tokenizers.Charts;

/// <summary>One axis of a chart.</summary>
public sealed record ChartAxis
{
    /// <summary>What it measures, with its unit.</summary>
    public string Label { get; init; } = string.Empty;

    /// <summary>Whether equal distances are equal factors.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Where it should begin; null is the smallest value, rounded down.</summary>
    public double? Least { get; init; }

    /// <summary>Where it should end; null is the largest value, rounded up.</summary>
    public double? Most { get; init; }
}
