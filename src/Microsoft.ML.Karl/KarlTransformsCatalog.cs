using Microsoft.ML.Karl;
using Microsoft.ML.Karl.Internals.Models;

namespace Microsoft.ML;

/// <summary>Adaptive image tokenization in pipelines.</summary>
public static class KarlTransformsCatalog
{
    /// <summary>Turns a column of images into tokens, as many as each needs, and into features of fixed size for trainers.</summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="outputColumnName">Name of the column of features, a vector of Single with slot names; null for none.</param>
    /// <param name="inputColumnName">Name of the column of images: <see cref="Data.MLImage"/>, paths, encoded images or pixels. Null is the output column's name.</param>
    /// <param name="options">The model, how it tokenizes, and the names of further columns; null is the model that comes with the library, as it tokenizes by itself.</param>
    /// <exception cref="ArgumentException">Options contradict themselves or the model; all problems are listed.</exception>
    /// <exception cref="global::Karl.Tokenizers.KarlFormatException">The model's file is no model bundle.</exception>
    /// <exception cref="IOException">The model's file cannot be read.</exception>
    public static KarlTokenizingEstimator KarlTokenize(this TransformsCatalog catalog, string? outputColumnName, string? inputColumnName = null, KarlTokenizeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        string input = inputColumnName ?? outputColumnName ?? throw new ArgumentNullException(nameof(inputColumnName), "One of the columns must have a name.");
        return new KarlTokenizingEstimator(ContextLink.Of(catalog), outputColumnName, input, options ?? new());
    }

    /// <summary>Tells how complex images are: kept tokens, bits, and kept tokens through the budget. For filtering and sorting.</summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="outputColumnName">Name of the column of counts of kept tokens, a Single; two more columns are named after it.</param>
    /// <param name="inputColumnName">Name of the column of images: <see cref="Data.MLImage"/>, paths, encoded images or pixels. Null is the output column's name.</param>
    /// <param name="options">The model and how it tokenizes; null as above.</param>
    /// <inheritdoc cref="KarlTokenize" path="/exception"/>
    public static KarlComplexityEstimator KarlComplexity(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null, KarlComplexityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        return new KarlComplexityEstimator(ContextLink.Of(catalog), outputColumnName, inputColumnName ?? outputColumnName, options ?? new());
    }

    /// <summary>Turns tokens back into images, of the model's size.</summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="outputColumnName">Name of the column of images, <see cref="Data.MLImage"/>.</param>
    /// <param name="inputColumnName">Name of the column of codes, or of latents where the model's tokens are continuous. Null is the output column's name.</param>
    /// <param name="options">The model and the name of the column of positions; null as above.</param>
    /// <inheritdoc cref="KarlTokenize" path="/exception"/>
    public static KarlReconstructingEstimator KarlReconstruct(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null, KarlReconstructOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        return new KarlReconstructingEstimator(ContextLink.Of(catalog), outputColumnName, inputColumnName ?? outputColumnName, options ?? new());
    }
}
