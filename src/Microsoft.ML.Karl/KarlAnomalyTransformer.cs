using Karl.Applications.Anomalies;
using Karl.Tokenizers.Sessions;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals;
using Microsoft.ML.Karl.Internals.Anomalies;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Saving;

namespace Microsoft.ML.Karl;

/// <summary>Tells how strange the images of a column are; the result of fitting a <see cref="KarlAnomalyEstimator"/>.</summary>
public sealed class KarlAnomalyTransformer : KarlTransformer
{
    private readonly AnomalyStageSettings _settings;
    private readonly StageTransformer<ImageItem, ImageAnomaly> _stage;

    internal KarlAnomalyTransformer(AnomalyStageSettings settings, AnomalyProfile profile, ModelContent content, ModelSettings model, ContextLink context)
    {
        _settings = settings;
        Profile = profile;
        ModelShare share = SharedModel.Open(content, model);
        try
        {
            share.Use(tokenizer =>
            {
                profile.RequireModel(tokenizer, content.Name);
                return true;
            });
            _stage = new StageTransformer<ImageItem, ImageAnomaly>(new AnomalyStage(settings, profile, share, context), content, share);
        }
        catch
        {
            share.Dispose();
            throw;
        }
    }

    /// <summary>What normal images are like; <see cref="AnomalyProfile.Write"/> keeps it for <c>karl anomaly score</c>.</summary>
    public AnomalyProfile Profile { get; }

    /// <inheritdoc/>
    public override TokenizerDevice Device => _stage.Device;

    /// <inheritdoc/>
    public override DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _stage.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public override IDataView Transform(IDataView input) => _stage.Transform(input);

    /// <inheritdoc/>
    public override IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _stage.GetRowToRowMapper(inputSchema);

    internal override ITransformer CreatePortable() => PortableAnomalyChain.Create(_settings, _stage.Content);

    private protected override void DisposeModel() => _stage.Dispose();
}
