using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;

namespace Microsoft.ML.Karl;

/// <summary>Tells how complex the images of a column are, by the tokens that they need: as a count, in bits, and from 0 to 1.</summary>
/// <remarks>
/// Estimator Characteristics: does it look at the data to train its parameters? No. Input column data type: <see cref="Data.MLImage"/>, text (paths),
/// vector of Byte (encoded images) or vector of Single (pixels). Output column data types: three times Single, NaN for a missing image.
/// Required NuGet in addition to Microsoft.ML: KarlMl, Microsoft.ML.ImageAnalytics. Exportable to ONNX: No.
/// </remarks>
public sealed class KarlComplexityEstimator : IEstimator<KarlComplexityTransformer>
{
    private readonly ImageEstimator _estimator;

    internal KarlComplexityEstimator(ContextLink context, string outputColumnName, string inputColumnName, KarlComplexityOptions options) =>
        _estimator = new ImageEstimator(nameof(KarlTransformsCatalog.KarlComplexity), options, inputColumnName, context, (settings, _) => settings with
        {
            Count = outputColumnName,
            Bits = options.BitsColumnName ?? outputColumnName + "Bits",
            Normalized = options.NormalizedColumnName ?? outputColumnName + "Normalized",
        });

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _estimator.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input column is not there, or holds no images.</exception>
    /// <exception cref="global::Karl.Tokenizers.KarlFormatException">The model's file is no tokenizer.</exception>
    public KarlComplexityTransformer Fit(IDataView input) =>
        _estimator.Fit(input, (settings, content, model, context) => new KarlComplexityTransformer(settings, content, model, context));
}
