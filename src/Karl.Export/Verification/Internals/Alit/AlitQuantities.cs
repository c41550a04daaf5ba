using Karl.Tokenizers.Sessions.Internals;

namespace Karl.Export.Verification.Internals.Alit;

/// <summary>Everything that recordings of ALIT hold, one line each.</summary>
internal static class AlitQuantities
{
    private const int EmbeddingStep = 8;
    private static readonly Dictionary<string, AlitQuantity> ByName = All().ToDictionary(quantity => quantity.Name, StringComparer.Ordinal);

    /// <summary>What a name means; null where nobody knows.</summary>
    public static AlitQuantity? Find(string name) => ByName.GetValueOrDefault(name);

    private static IEnumerable<AlitQuantity> All() =>
    [
        OfImage(Tensor("base_tokens", AlitPart.Encoder, TensorNames.BaseTokens, ParityTolerances.ImageTokens)),
        OfImage(Tensor("gt_indices", AlitPart.Encoder, GraphContract.BaseCodes, Tolerance.Exact)),
        OfImage(Tensor("tokens_2d", AlitPart.Encoder, TensorNames.ImageTokens, ParityTolerances.ImageTokens)),
        OfImage(Tensor("posterior_mean", AlitPart.Encoder, TensorNames.PosteriorMean, ParityTolerances.Posterior)) with { IsImage = true },
        OfImage(Tensor("posterior_logvar", AlitPart.Encoder, TensorNames.PosteriorLogVariance, ParityTolerances.Posterior)) with { IsImage = true },

        Tensor("encoder_in", AlitPart.Round, "encoder.input_norm", ParityTolerances.RoundSequences),
        Computed("image_tokens", AlitPart.Round, GraphContract.NextSequence, ParityTolerances.RoundSequences, at => at.Against(at.State.ImageTokens)),
        Computed("embedding", AlitPart.Round, GraphContract.NextSequence, ParityTolerances.RoundSequences, Embedding),
        new("latents_factorized", AlitPart.Round, part => part.FactorizedLatents, ParityTolerances.Latents, at => at.Against(at.Found)),
        Tensor("latents_quantized", AlitPart.Round, GraphContract.Latents, ParityTolerances.QuantizedLatents),
        Tensor("indices", AlitPart.Round, GraphContract.Codes, Tolerance.Exact),
        new("indices_margin", AlitPart.Round, part => part.CodeScores, ParityTolerances.CodeMargin, at => at.Against(CodeScores.Margins(at.Found))),

        Tensor("logits", AlitPart.Decoder, TensorNames.Logits, ParityTolerances.Logits),
        Computed("logits_lse", AlitPart.Decoder, TensorNames.Logits, ParityTolerances.LogSumExp, at => at.Against(Logits.LogSumExp(at.Found))),
        Tensor("decoded_code", AlitPart.Decoder, TensorNames.DecodedTokens, ParityTolerances.DecodedCode),
        Tensor("recon", AlitPart.Decoder, GraphContract.Image, ParityTolerances.Pixels) with { IsImage = true },
        Computed("rec_l1", AlitPart.Decoder, GraphContract.Image, ParityTolerances.PixelError, at => at.Against(Numbers.Row([at.State.Error]))),
        Computed("pred_gt_prob", AlitPart.Decoder, GraphContract.CodeProbabilities, ParityTolerances.TrueCodeProbability, at => at.Against(at.State.TrueCodeProbabilities)),
        Computed("masked", AlitPart.Decoder, GraphContract.Image, Tolerance.Exact, at => at.Against(at.State.Halted)),
        Computed("code_err", AlitPart.Decoder, TensorNames.DecodedTokens, ParityTolerances.CodeError, at => at.Against(at.State.CodeErrors)),

        Computed("minlen_tokens", AlitPart.Decoder, GraphContract.Image, Tolerance.Exact, at => at.Against(at.State.ShortestLengths)) with { IsPerRound = false },
        Computed("minlen_l1", AlitPart.Decoder, GraphContract.Image, ParityTolerances.PixelError, at => at.Against(at.State.ShortestErrors)) with { IsPerRound = false },
    ];

    /// <summary>Raw outputs of the latent tokens; of longer sequences every eighth row was recorded.</summary>
    private static Comparable Embedding(AlitMeasurement at)
    {
        var found = at.State.LatentOutputs;
        var isSparse = found.Shape[0] > at.Recorded.Shape[0] && at.Recorded.Shape[0] * EmbeddingStep == found.Shape[0];
        return at.Against(isSparse ? new RecordedView(RecordedViewKind.Rows, EmbeddingStep).Of(found)! : found);
    }

    private static AlitQuantity OfImage(AlitQuantity quantity) => quantity with { IsPerRound = false, IsPerRun = false };

    private static AlitQuantity Tensor(string name, AlitPart part, string tensor, Tolerance tolerance) => Computed(name, part, tensor, tolerance, at => at.Against(at.Found));

    private static AlitQuantity Computed(string name, AlitPart part, string tensor, Tolerance tolerance, Func<AlitMeasurement, Comparable> measure) =>
        new(name, part, graph => graph.Find(tensor), tolerance, measure);
}
