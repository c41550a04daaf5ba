using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Decoding;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Schemas;

namespace Microsoft.ML.Karl;

/// <summary>Turns columns of tokens, and of their positions, back into a column of images.</summary>
/// <remarks>
/// <para>
/// Estimator Characteristics: does it look at the data to train its parameters? No. Input column data types: vector of keys (codes) or, for models with
/// continuous tokens, vector of Single (latents), and vector of Int32 (positions). Output column data type: <see cref="MLImage"/>.
/// Required NuGet in addition to Microsoft.ML: KarlMl, Microsoft.ML.ImageAnalytics. Exportable to ONNX: No.
/// </para>
/// <para>No tokens are an image too. Tokens that contradict one another throw where the image is read in that row.</para>
/// </remarks>
public sealed class KarlReconstructingEstimator : IEstimator<KarlReconstructingTransformer>
{
    private readonly KarlReconstructOptions _options;
    private readonly TokenStageSettings _settings;
    private readonly ContextLink _context;
    private readonly BundleManifest _manifest;

    internal KarlReconstructingEstimator(ContextLink context, string outputColumnName, string inputColumnName, KarlReconstructOptions options)
    {
        options.ThrowIfWrong(nameof(KarlTransformsCatalog.KarlReconstruct), []);
        _context = context;
        _options = options;
        _manifest = ModelContent.ManifestOf(options.Model);
        _settings = new TokenStageSettings(outputColumnName, inputColumnName, options.PositionsColumnName, options.BatchSize);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        TokenReading.RequireColumns([.. inputSchema.Select(ColumnKind.Of)], _settings, _manifest);
        DataViewSchema.Builder builder = new();
        builder.AddColumns([TokenStage.Column(_settings, _manifest.ImageSize).Detached]);
        return inputSchema.With(SchemaShapes.Of(builder.ToSchema()));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An input column is not there, or holds no tokens of this model.</exception>
    /// <exception cref="KarlFormatException">The model's file is no tokenizer.</exception>
    public KarlReconstructingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        TokenReading.RequireColumns(ColumnKind.AllOf(input.Schema), _settings, _manifest);
        ModelContent content = ModelContent.OpenFile(_options.Model);
        try
        {
            return new KarlReconstructingTransformer(_settings, content, ModelSettings.From(_options, _context, TokenizerParts.Decoder), _context);
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }
}
