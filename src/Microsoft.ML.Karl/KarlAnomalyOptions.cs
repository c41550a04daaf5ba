using System.Globalization;
using Karl.Applications.Anomalies;

namespace Microsoft.ML.Karl;

/// <summary>How strange images of a column are found.</summary>
public sealed record KarlAnomalyOptions : KarlImageOptions
{
    /// <summary>What normal images are like, for instance from <see cref="AnomalyProfile.Read"/>; null fits a profile to the rows.</summary>
    public AnomalyProfile? Profile { get; init; }

    /// <summary>The share of normal images that may be called anomalous, above 0 and at most 0.5, where a profile is fitted. The smaller it is, the more rows are needed: 76 for 0.05.</summary>
    public double FalseAlarms { get; init; } = new AnomalyOptions().FalseAlarms;

    /// <summary>Decides which rows are fitted to and which are held out to calibrate, where a profile is fitted.</summary>
    public int Seed { get; init; }

    /// <summary>Name of the column of p-values, a Single; null is the output column's name followed by <c>PValue</c>.</summary>
    public string? PValueColumnName { get; init; }

    /// <summary>Name of the column that says whether the p-value is at most the rate of false alarms, a Boolean; null is the output column's name followed by <c>IsAnomalous</c>.</summary>
    public string? IsAnomalousColumnName { get; init; }

    internal AnomalyOptions ToAnomalyOptions() => new() { FalseAlarms = FalseAlarms, Seed = Seed, Budget = Budget, Epsilons = Epsilon is float epsilon ? [epsilon] : null };

    internal override IEnumerable<string> Problems()
    {
        foreach (string problem in base.Problems())
        {
            yield return problem;
        }

        if (!(FalseAlarms > 0 && FalseAlarms <= 0.5))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"FalseAlarms is {FalseAlarms}; above 0 and at most 0.5 was expected.");
        }

        if (HaltingThreshold is not null || SamplingSeed is not null)
        {
            yield return "HaltingThreshold and SamplingSeed are of no use here; null was expected.";
        }

        if (Profile is not null && (Epsilon is not null || Budget is not null))
        {
            yield return "Epsilon and Budget are the profile's where one is given; null was expected.";
        }
    }
}
