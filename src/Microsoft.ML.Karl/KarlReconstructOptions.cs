namespace Microsoft.ML.Karl;

/// <summary>How columns of tokens become a column of images again.</summary>
public sealed record KarlReconstructOptions : KarlModelOptions
{
    /// <summary>Name of the column of positions, a vector of Int32 as <see cref="KarlTokenizeOptions.PositionsColumnName"/> makes it.</summary>
    public string PositionsColumnName { get; init; } = "Positions";

    internal override IEnumerable<string> Problems() =>
        string.IsNullOrWhiteSpace(PositionsColumnName) ? [.. base.Problems(), "PositionsColumnName is empty; the name of a column of positions was expected."] : base.Problems();
}
