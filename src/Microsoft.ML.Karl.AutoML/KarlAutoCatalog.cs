using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Microsoft.ML.AutoML;
using Microsoft.ML.Karl;
using Microsoft.ML.Karl.AutoML;

namespace Microsoft.ML;

/// <summary>Adaptive image tokenization for AutoML.</summary>
public static class KarlAutoCatalog
{
    /// <summary>A stage from images to features that AutoML sweeps over: which error to ask for, how many tokens an image may take, and how they are pooled.</summary>
    /// <example>
    /// <c>mlContext.Auto().KarlTokenize("Features", "Path", options).Append(mlContext.Auto().MultiClassification(labelColumnName: "Label", useLgbm: false))</c>
    /// </example>
    /// <param name="catalog">AutoML's catalog.</param>
    /// <param name="outputColumnName">Name of the column of features.</param>
    /// <param name="inputColumnName">Name of the column of images; null is the output column's name.</param>
    /// <param name="options">The model, and all that is not swept over; what is swept over begins with what it says. Null is the model that comes with the library.</param>
    /// <param name="searchSpace">What is swept over; null is <see cref="KarlSearchSpace"/>'s defaults.</param>
    /// <exception cref="ArgumentException">Options or search space contradict themselves or the model; all problems are listed.</exception>
    /// <exception cref="global::Karl.Tokenizers.KarlFormatException">The model's file is no model bundle.</exception>
    public static SweepableEstimator KarlTokenize(
        this AutoCatalog catalog, string outputColumnName, string? inputColumnName = null, KarlTokenizeOptions? options = null, KarlSearchSpace? searchSpace = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        options ??= new();
        new MLContext().Transforms.KarlTokenize(outputColumnName, inputColumnName, options);
        using Bundle bundle = IncludedModel.Of(options.Model)?.Open() ?? Bundle.Open(options.Model!);
        return new SweepableEstimator(
            (context, point) => context.Transforms.KarlTokenize(outputColumnName, inputColumnName, KarlSearchSpace.At(point, options)),
            (searchSpace ?? new KarlSearchSpace()).ToSearchSpace(options, bundle.Manifest));
    }
}
