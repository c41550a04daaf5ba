using Microsoft.ML.Karl;
using Microsoft.ML.Karl.Internals.Models;

namespace Microsoft.ML;

/// <summary>Trainers for features of tokens.</summary>
public static class KarlTrainersCatalog
{
    /// <summary>Trains a linear probe: standardized features, one linear layer, class probabilities.</summary>
    /// <param name="catalog">The trainers' catalog.</param>
    /// <param name="labelColumnName">Name of the label, a key.</param>
    /// <param name="featureColumnName">Name of the features, a vector of Single of fixed size.</param>
    /// <param name="options">How it is trained; null is <see cref="KarlLinearProbeOptions"/>' defaults.</param>
    /// <exception cref="ArgumentException">Options cannot be; all problems are listed.</exception>
    public static KarlLinearProbeTrainer KarlLinearProbe(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        KarlLinearProbeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        ArgumentException.ThrowIfNullOrEmpty(featureColumnName);
        return new KarlLinearProbeTrainer(ContextLink.Of(catalog), labelColumnName, featureColumnName, options ?? new KarlLinearProbeOptions());
    }
}
