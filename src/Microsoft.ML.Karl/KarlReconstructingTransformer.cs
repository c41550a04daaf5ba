using Karl.Tokenizers;
using Karl.Tokenizers.Sessions;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals;
using Microsoft.ML.Karl.Internals.Decoding;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Saving;

namespace Microsoft.ML.Karl;

/// <summary>Turns columns of tokens into a column of images; the result of fitting a <see cref="KarlReconstructingEstimator"/>.</summary>
public sealed class KarlReconstructingTransformer : KarlTransformer
{
    private readonly TokenStageSettings _settings;
    private readonly StageTransformer<TokenItem, DecodedImage> _stage;

    internal KarlReconstructingTransformer(TokenStageSettings settings, ModelContent content, ModelSettings model, ContextLink context)
    {
        _settings = settings;
        ModelShare share = SharedModel.Open(content, model with { Parts = TokenizerParts.Decoder });
        _stage = new StageTransformer<TokenItem, DecodedImage>(new TokenStage(settings, share, context), content, share);
    }

    /// <inheritdoc/>
    public override TokenizerDevice Device => _stage.Device;

    /// <inheritdoc/>
    public override DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _stage.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public override IDataView Transform(IDataView input) => _stage.Transform(input);

    /// <inheritdoc/>
    public override IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _stage.GetRowToRowMapper(inputSchema);

    internal override ITransformer CreatePortable() => PortableTokenChain.Create(_settings, _stage.Content);

    private protected override void DisposeModel() => _stage.Dispose();
}
