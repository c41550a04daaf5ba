using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Schemas;

namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>What estimators from images to tokens do alike: nothing is learned, so that fitting means to look at the schema and to load the model.</summary>
internal sealed class ImageEstimator
{
    private readonly ImageStageSettings _settings;
    private readonly KarlImageOptions _options;
    private readonly ContextLink _context;
    private readonly BundleManifest _manifest;

    public ImageEstimator(string member, KarlImageOptions options, string input, ContextLink context, Func<ImageStageSettings, BundleManifest, ImageStageSettings> name)
    {
        options.ThrowIfWrong(member, []);
        _options = options;
        _context = context;
        _manifest = ModelContent.ManifestOf(options.Model);
        _settings = name(ImageStageSettings.From(member, options, input, _manifest), _manifest);
        RequireNames(member, [.. _settings.Outputs]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ImageSources.Find(inputSchema.Select(ColumnKind.Of), _settings.Input, _manifest.ImageSize);
        DataViewSchema.Builder builder = new();
        builder.AddColumns(TokenColumns.Create(_settings, _manifest).Select(column => column.Detached));
        return inputSchema.With(SchemaShapes.Of(builder.ToSchema()));
    }

    public TTransformer Fit<TTransformer>(IDataView input, Func<ImageStageSettings, ModelContent, ModelSettings, ContextLink, TTransformer> create)
    {
        ArgumentNullException.ThrowIfNull(input);
        ImageSource source = ImageSources.Find(ColumnKind.AllOf(input.Schema), _settings.Input, _manifest.ImageSize);
        ModelContent content = ModelContent.OpenFile(_options.Model);
        try
        {
            return create(_settings with { Source = source }, content, ModelSettings.From(_options, _context, TokenizerParts.Encoder), _context);
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private static void RequireNames(string member, string[] names)
    {
        if (names.Length == 0)
        {
            throw new ArgumentException($"{member}: no output has a name; name at least one column.");
        }

        if (names.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException($"{member}: the name of an output column is empty; null leaves it out.");
        }

        string[] twice = [.. names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key)];
        if (twice.Length > 0)
        {
            throw new ArgumentException($"{member}: output columns share a name: {string.Join(", ", twice)}.");
        }
    }
}
