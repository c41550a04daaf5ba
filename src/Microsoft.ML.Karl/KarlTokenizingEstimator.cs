using Karl.Tokenizers.Bundles;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;

namespace Microsoft.ML.Karl;

/// <summary>Turns a column of images into columns of tokens and features.</summary>
/// <remarks>
/// <para>
/// Estimator Characteristics: does it look at the data to train its parameters? No. Input column data type: <see cref="Data.MLImage"/>, text (paths),
/// vector of Byte (encoded images) or vector of Single (pixels). Output column data types: vector of Single (features), and what
/// <see cref="KarlTokenizeOptions"/> names. Required NuGet in addition to Microsoft.ML: KarlMl, Microsoft.ML.ImageAnalytics. Exportable to ONNX: No.
/// </para>
/// <para>
/// A missing image (null, empty text, no bytes, no pixels) is no error: its features, count and halting probabilities are NaN, its vectors of variable length are empty.
/// An image that cannot be read is what <see cref="KarlImageOptions.UnreadableImages"/> says.
/// </para>
/// </remarks>
public sealed class KarlTokenizingEstimator : IEstimator<KarlTokenizingTransformer>
{
    private readonly ImageEstimator _estimator;

    internal KarlTokenizingEstimator(ContextLink context, string? outputColumnName, string inputColumnName, KarlTokenizeOptions options) =>
        _estimator = new ImageEstimator(nameof(KarlTransformsCatalog.KarlTokenize), options, inputColumnName, context, (settings, manifest) => Named(settings, manifest, outputColumnName, options));

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _estimator.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input column is not there, or holds no images.</exception>
    /// <exception cref="global::Karl.Tokenizers.KarlFormatException">The model's file is no tokenizer.</exception>
    public KarlTokenizingTransformer Fit(IDataView input) =>
        _estimator.Fit(input, (settings, content, model, context) => new KarlTokenizingTransformer(settings, content, model, context));

    private static ImageStageSettings Named(ImageStageSettings settings, BundleManifest manifest, string? features, KarlTokenizeOptions options) =>
        options.CodesColumnName is null || manifest.Quantized
            ? settings with
            {
                Pooling = options.Pooling,
                Features = features,
                Latents = options.LatentsColumnName,
                Codes = options.CodesColumnName,
                Positions = options.PositionsColumnName,
                Count = options.CountColumnName,
                Halting = options.HaltingColumnName,
            }
            : throw new ArgumentException($"{nameof(KarlTransformsCatalog.KarlTokenize)}: CodesColumnName is '{options.CodesColumnName}', but this model's tokens are continuous and have no codes. Take LatentsColumnName.");
}
