namespace Microsoft.ML.Karl;

/// <summary>How a column of images becomes columns of tokens. What is not named is not made; what is not read is not computed.</summary>
public sealed record KarlTokenizeOptions : KarlImageOptions
{
    /// <summary>How tokens become features of fixed size.</summary>
    public KarlPooling Pooling { get; init; } = KarlPooling.MaskedMeanAndDeviation;

    /// <summary>Name of the column of kept latents, a variable vector of Single: <c>[kept, latent width]</c>, row after row; null for none.</summary>
    public string? LatentsColumnName { get; init; }

    /// <summary>Name of the column of kept codes, a variable vector of keys whose values are 0 to the codebook's last; null for none.</summary>
    public string? CodesColumnName { get; init; }

    /// <summary>Name of the column of kept positions, a variable vector of Int32, ascending, each from 0 to below the budget; null for none.</summary>
    public string? PositionsColumnName { get; init; }

    /// <summary>Name of the column that says how many tokens were kept, a Single, NaN for a missing image; null for none.</summary>
    public string? CountColumnName { get; init; }

    /// <summary>Name of the column of halting probabilities, a vector of Single as long as the budget; null for none.</summary>
    public string? HaltingColumnName { get; init; }

    internal override IEnumerable<string> Problems() =>
        Enum.IsDefined(Pooling) ? base.Problems() : [.. base.Problems(), $"Pooling is {Pooling}; one of {string.Join(", ", Enum.GetNames<KarlPooling>())} was expected."];
}
