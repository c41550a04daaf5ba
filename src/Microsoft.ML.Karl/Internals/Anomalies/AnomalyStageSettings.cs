using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Microsoft.ML.Karl.Internals.Imaging;

namespace Microsoft.ML.Karl.Internals.Anomalies;

/// <summary>What a stage from images to anomalies does, as it is saved.</summary>
internal sealed record AnomalyStageSettings
{
    /// <summary>How images are read.</summary>
    public required ImageStageSettings Images { get; init; }

    /// <summary>Name of the column of scores.</summary>
    public required string Score { get; init; }

    /// <summary>Name of the column of p-values.</summary>
    public required string PValue { get; init; }

    /// <summary>Name of the column that says which are anomalous.</summary>
    public required string IsAnomalous { get; init; }

    /// <summary>The profile as JSON; empty before it is fitted.</summary>
    public byte[] Profile { get; init; } = [];

    /// <summary>The same settings, once they are known to suit a model; for settings that come out of a file.</summary>
    /// <exception cref="KarlFormatException">They do not.</exception>
    public AnomalyStageSettings Checked(BundleManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(Images);
        Images.Checked(manifest);
        return new[] { Score, PValue, IsAnomalous }.All(name => !string.IsNullOrEmpty(name))
            ? this
            : throw new KarlFormatException("The saved pipeline's settings have an output column without a name. Save it again.");
    }
}
