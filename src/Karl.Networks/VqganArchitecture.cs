namespace Karl.Networks;

/// <summary>MaskGIT's VQGAN as KARL uses it: the defaults are the published ones.</summary>
public sealed record VqganArchitecture : BaseArchitecture
{
    /// <summary>Codes in the codebook of 2D tokens.</summary>
    public int CodebookSize { get; init; } = 1024;

    /// <summary>Features of a code, and of a 2D token.</summary>
    public int CodeWidth { get; init; } = 256;

    /// <inheritdoc/>
    public override string Name => "vqgan";

    /// <inheritdoc/>
    public override int TokenWidth => CodeWidth;

    /// <inheritdoc/>
    public override int PredictionWidth => CodebookSize;

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }
        if (CodebookSize < 1 || CodeWidth < 1)
        {
            yield return $"the base codebook is {CodebookSize} x {CodeWidth}; both must be positive";
        }
    }
}
