using Karl.Applications.Anomalies;
using Karl.Tokenizers;
using Karl.Tokenizers.Sessions;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Anomalies;
using Microsoft.ML.Karl.Internals.Decoding;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>Puts stages in the place of the chains that they were saved as.</summary>
internal static class StageRestoring
{
    private static readonly TransformerScope[] Scopes = [TransformerScope.Training, TransformerScope.Testing, TransformerScope.Scoring];

    public static ITransformer Restore(ITransformer model, ContextLink context)
    {
        if (model is not IEnumerable<ITransformer> members)
        {
            return model;
        }

        ITransformer[] before = [.. members];
        if (before is [CustomMappingTransformer<NoColumns, PayloadNumbers>, ValueMappingTransformer lookup, ..])
        {
            VBuffer<ReadOnlyMemory<char>> payload = PayloadOf(lookup);
            SavedStage saved = SavedStage.Read(Payload.Settings(payload));
            return saved.Kind == StageKind.LinearProbe ? model : RestoreStage(saved, Payload.Bytes(payload), context);
        }

        ITransformer[] after = Array.ConvertAll(before, member => Restore(member, context));
        return after.SequenceEqual(before) ? model : new TransformerChain<ITransformer>(after, ScopesOf(model, before));
    }

    private static KarlTransformer RestoreStage(SavedStage saved, byte[] bundle, ContextLink context)
    {
        ModelContent content = ModelContent.FromBytes(bundle, saved.Name);
        try
        {
            return Create(saved, content, context);
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private static KarlTransformer Create(SavedStage saved, ModelContent content, ContextLink context)
    {
        switch (saved.Kind)
        {
            case StageKind.Tokenize or StageKind.Complexity:
                ImageStageSettings settings = saved.Read<ImageStageSettings>().Checked(content.Bundle.Manifest);
                return saved.Kind == StageKind.Tokenize
                    ? new KarlTokenizingTransformer(settings, content, Model(context, settings.BatchSize, TokenizerParts.Encoder), context)
                    : new KarlComplexityTransformer(settings, content, Model(context, settings.BatchSize, TokenizerParts.Encoder), context);
            case StageKind.Reconstruct:
                TokenStageSettings tokens = saved.Read<TokenStageSettings>().Checked();
                return new KarlReconstructingTransformer(tokens, content, Model(context, tokens.BatchSize, TokenizerParts.Decoder), context);
            case StageKind.Anomaly:
                AnomalyStageSettings anomalies = saved.Read<AnomalyStageSettings>().Checked(content.Bundle.Manifest);
                AnomalyProfile profile = AnomalyProfile.Parse(anomalies.Profile, "of the saved pipeline");
                return new KarlAnomalyTransformer(anomalies, profile, content, Model(context, anomalies.Images.BatchSize, TokenizerParts.All), context);
            default:
                throw new KarlFormatException($"The saved pipeline has a stage '{saved.Kind}', which this version does not know. Load it with the version that saved it.");
        }
    }

    private static ModelSettings Model(ContextLink context, int batchSize, TokenizerParts parts) =>
        new(context.GpuDeviceId is int gpu ? TokenizerDevice.Cuda(gpu) : TokenizerDevice.Cpu, context.FallbackToCpu, null, batchSize, parts);

    /// <summary>The texts of a lookup, by looking all of them up.</summary>
    private static VBuffer<ReadOnlyMemory<char>> PayloadOf(ValueMappingTransformer lookup)
    {
        PayloadNumbers row = new();
        PayloadStart.Map(new NoColumns(), row);
        IDataView looked = lookup.Transform(new MLContext().Data.LoadFromEnumerable([row]));
        DataViewSchema.Column column = looked.Schema[PayloadRow.Column];
        using DataViewRowCursor cursor = looked.GetRowCursor([column]);
        VBuffer<ReadOnlyMemory<char>> payload = default;
        cursor.MoveNext();
        cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column)(ref payload);
        return payload;
    }

    /// <summary>A chain does not show its members' scopes, but which members it has for each.</summary>
    private static TransformerScope[] ScopesOf(ITransformer chain, ITransformer[] members)
    {
        Dictionary<TransformerScope, HashSet<ITransformer>> having = Scopes.ToDictionary(scope => scope, scope => MembersFor(chain, scope));
        return Array.ConvertAll(members, member => Scopes.Where(scope => having[scope].Contains(member)).Aggregate(TransformerScope.None, (all, scope) => all | scope));
    }

    private static HashSet<ITransformer> MembersFor(ITransformer chain, TransformerScope scope)
    {
        // The chain's type says what its last member is, which does not matter here.
        object? members = chain.GetType().GetMethod(nameof(TransformerChain<ITransformer>.GetModelFor))?.Invoke(chain, [scope]);
        return new HashSet<ITransformer>(members as IEnumerable<ITransformer> ?? [], ReferenceEqualityComparer.Instance);
    }
}
