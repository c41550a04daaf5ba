using Microsoft.ML.Karl;
using Microsoft.ML.Karl.Internals.Models;

namespace Microsoft.ML;

/// <summary>Images that are not like others, in pipelines.</summary>
public static class KarlAnomalyCatalog
{
    /// <summary>Learns what the images of a column are like, and tells how strange others are: a score, a p-value, and whether that is too small.</summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="outputColumnName">Name of the column of scores, a Single; two more columns are named after it.</param>
    /// <param name="inputColumnName">Name of the column of images: <see cref="Data.MLImage"/>, paths, encoded images or pixels. Null is the output column's name.</param>
    /// <param name="options">The model, the rate of false alarms, or a profile that was fitted before; null is the model that comes with the library, and a rate of 0.05.</param>
    /// <exception cref="ArgumentException">Options contradict themselves or the model; all problems are listed.</exception>
    /// <exception cref="global::Karl.Tokenizers.KarlFormatException">The model's file is no model bundle.</exception>
    /// <exception cref="IOException">The model's file cannot be read.</exception>
    public static KarlAnomalyEstimator KarlAnomaly(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null, KarlAnomalyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        return new KarlAnomalyEstimator(ContextLink.Of(catalog), outputColumnName, inputColumnName ?? outputColumnName, options ?? new());
    }
}
