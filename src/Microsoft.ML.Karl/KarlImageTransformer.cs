using Karl.Tokenizers;
using Karl.Tokenizers.Sessions;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Saving;

namespace Microsoft.ML.Karl;

/// <summary>A fitted stage from a column of images to columns of what their tokens say.</summary>
public abstract class KarlImageTransformer : KarlTransformer
{
    private readonly StageKind _kind;
    private readonly ImageStageSettings _settings;
    private readonly StageTransformer<ImageItem, ImageTokens> _stage;

    private protected KarlImageTransformer(StageKind kind, ImageStageSettings settings, ModelContent content, ModelSettings model, ContextLink context)
    {
        _kind = kind;
        _settings = settings;
        ModelShare share = SharedModel.Open(content, model with { Parts = TokenizerParts.Encoder });
        _stage = new StageTransformer<ImageItem, ImageTokens>(new ImageStage(settings, share, context), content, share);
    }

    /// <inheritdoc/>
    public override TokenizerDevice Device => _stage.Device;

    internal ModelShare Model => _stage.Model;

    /// <inheritdoc/>
    public override DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _stage.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public override IDataView Transform(IDataView input) => _stage.Transform(input);

    /// <inheritdoc/>
    public override IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _stage.GetRowToRowMapper(inputSchema);

    internal override ITransformer CreatePortable() => PortableImageChain.Create(_kind, _settings, _stage.Content);

    private protected override void DisposeModel() => _stage.Dispose();
}
