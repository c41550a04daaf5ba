namespace Karl.Export.Agreement;

/// <summary>What a faster model must keep of the exact one before it is written.</summary>
public sealed record AgreementLimits
{
    /// <summary>Smallest mean share of kept positions that both models keep, 0 to 1. Raise it for models that must stay closer.</summary>
    public double LeastPositions { get; init; } = 0.9;

    /// <summary>Largest mean difference of token counts, as a share of the reference's count.</summary>
    public double MostCountDrift { get; init; } = 0.05;

    /// <summary>Largest mean growth of the reconstruction error, pixels 0 to 1.</summary>
    public double MostErrorGrowth { get; init; } = 0.003;

    /// <summary>How many times faster encoding must be; below it the loss of exactness buys nothing.</summary>
    public double LeastGain { get; init; } = 1.15;
}
