using Karl.Applications.Anomalies;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Microsoft.ML.Karl.Internals.Anomalies;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Schemas;

namespace Microsoft.ML.Karl;

/// <summary>Learns what the images of a column are like, and tells how strange others are.</summary>
/// <remarks>
/// Estimator Characteristics: does it look at the data to train its parameters? Yes, unless a profile is given. Input column data type: <see cref="Data.MLImage"/>, text (paths),
/// vector of Byte (encoded images) or vector of Single (pixels). Output column data types: twice Single, NaN for a missing image, and Boolean, false for such.
/// Required NuGet in addition to Microsoft.ML: KarlMl, Microsoft.ML.ImageAnalytics. Exportable to ONNX: No.
/// </remarks>
public sealed class KarlAnomalyEstimator : IEstimator<KarlAnomalyTransformer>
{
    private const string Member = nameof(KarlAnomalyCatalog.KarlAnomaly);

    private readonly ContextLink _context;
    private readonly KarlAnomalyOptions _options;
    private readonly BundleManifest _manifest;
    private readonly AnomalyStageSettings _settings;

    internal KarlAnomalyEstimator(ContextLink context, string outputColumnName, string inputColumnName, KarlAnomalyOptions options)
    {
        _context = context;
        _options = options;
        _manifest = ModelContent.ManifestOf(options.Model);
        _settings = new AnomalyStageSettings
        {
            Images = ImageStageSettings.From(Member, options, inputColumnName, _manifest),
            Score = outputColumnName,
            PValue = options.PValueColumnName ?? outputColumnName + "PValue",
            IsAnomalous = options.IsAnomalousColumnName ?? outputColumnName + "IsAnomalous",
        };
        string[] names = [_settings.Score, _settings.PValue, _settings.IsAnomalous, _settings.Images.Error ?? "the error"];
        if (names.Any(string.IsNullOrWhiteSpace) || names.Distinct().Count() < names.Length)
        {
            throw new ArgumentException($"{Member}: output columns are named '{string.Join("', '", names)}'; names that differ were expected.");
        }
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ImageSources.Find(inputSchema.Select(ColumnKind.Of), _settings.Images.Input, _manifest.ImageSize);
        DataViewSchema.Builder builder = new();
        builder.AddColumns(AnomalyColumns.Create(_settings).Select(column => column.Detached));
        return inputSchema.With(SchemaShapes.Of(builder.ToSchema()));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input column is not there or holds no images, or there are too few rows for the rate of false alarms.</exception>
    /// <exception cref="KarlFormatException">The model's file is no tokenizer, or the profile is another model's.</exception>
    public KarlAnomalyTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ImageSource source = ImageSources.Find(ColumnKind.AllOf(input.Schema), _settings.Images.Input, _manifest.ImageSize);
        AnomalyStageSettings settings = _settings with { Images = _settings.Images with { Source = source } };
        ModelSettings model = ModelSettings.From(_options, _context, TokenizerParts.All);
        ModelContent content = ModelContent.OpenFile(_options.Model);
        try
        {
            AnomalyProfile profile = _options.Profile ?? Learn(input, settings, content, model);
            return new KarlAnomalyTransformer(settings with { Profile = profile.ToUtf8() }, profile, content, model, _context);
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private AnomalyProfile Learn(IDataView input, AnomalyStageSettings settings, ModelContent content, ModelSettings model)
    {
        using ModelShare share = SharedModel.Open(content, model);
        ImageStage images = new(settings.Images, share, _context);
        return share.Use(tokenizer =>
        {
            AnomalyFitter fitter = new(tokenizer, _options.ToAnomalyOptions(), content.Name);
            NormalRows.Read(input, images, settings.Images, pixels => _context.Run(token => fitter.Add(pixels, token)));
            return fitter.Fit();
        });
    }
}
