using Karl.Tokenizers.Sessions.Internals;

namespace Karl.Export.Verification.Internals;

/// <summary>Everything that recordings hold outside <c>dbg.</c>, one line each.</summary>
internal static class RecordedQuantities
{
    private static readonly Dictionary<string, RecordedQuantity> ByName = All().ToDictionary(quantity => quantity.Name, StringComparer.Ordinal);

    /// <summary>What a name means; null where nobody knows.</summary>
    public static RecordedQuantity? Find(string name) => ByName.GetValueOrDefault(name);

    private static IEnumerable<RecordedQuantity> All() =>
    [
        Tensor("halt_logit", Stage.Encoder, ParityTolerances.HaltingLogit, TensorNames.HaltingLogits),
        Tensor("halt_prob", Stage.Encoder, ParityTolerances.HaltingProbability, GraphContract.HaltingProbabilities),
        Computed("active", Stage.Encoder, Tolerance.Exact, GraphContract.HaltingProbabilities, run => run.Active),
        Computed("kc", Stage.Encoder, Tolerance.Exact, GraphContract.HaltingProbabilities, run => new Numbers([run.Active.Values.Sum()], [])),
        Tensor("latents_factorized", Stage.Encoder, ParityTolerances.Latents, string.Empty) with { Source = part => part.FactorizedLatents },
        Tensor("latents_quantized", Stage.Encoder, ParityTolerances.QuantizedLatents, GraphContract.Latents),
        Tensor("indices", Stage.Encoder, Tolerance.Exact, GraphContract.Codes),
        new("indices_margin", Stage.Encoder, ParityTolerances.CodeMargin, part => part.CodeScores, at => at.Against(CodeScores.Margins(at.Found))),
        Tensor("encoder_latents_out", Stage.Encoder, ParityTolerances.Sequences, TensorNames.LatentOutputs),
        OfImage(Tensor("posterior_mean", Stage.Encoder, ParityTolerances.Posterior, TensorNames.PosteriorMean)) with { IsImage = true },
        OfImage(Tensor("posterior_logvar", Stage.Encoder, ParityTolerances.Posterior, TensorNames.PosteriorLogVariance)) with { IsImage = true },
        OfImage(Tensor("base_tokens", Stage.Encoder, ParityTolerances.ImageTokens, TensorNames.BaseTokens)),
        OfImage(Tensor("tokens_2d", Stage.Encoder, ParityTolerances.ImageTokens, TensorNames.ImageTokens)),

        Tensor("logits", Stage.Decoder, ParityTolerances.Logits, TensorNames.Logits),
        Computed("logits_lse", Stage.Decoder, ParityTolerances.LogSumExp, TensorNames.Logits, run => Logits.LogSumExp(run.Numbers(TensorNames.Logits))),
        new("logits_argmax", Stage.Decoder, ParityTolerances.MostProbableLead, part => part.Find(TensorNames.Logits), Logits.CompareMostProbable),
        Tensor("decoded_code", Stage.Decoder, ParityTolerances.DecodedCode, TensorNames.DecodedTokens),
        Tensor("recon", Stage.Decoder, ParityTolerances.Pixels, GraphContract.Image) with { IsImage = true },
        Computed("rec_l1", Stage.Decoder, ParityTolerances.PixelError, GraphContract.Image, run => run.PixelError),

        OfImage(new("gt_indices", Stage.BaseDecoder, Tolerance.Exact, part => part.BaseCodebook, at => at.Against(at.Run.BaseCodes.Codes))),
        OfImage(new("gt_indices_margin", Stage.BaseDecoder, ParityTolerances.BaseCodeMargin, part => part.BaseCodebook, at => at.Against(at.Run.BaseCodes.Margins))),
        OfImage(new("base_recon", Stage.BaseDecoder, ParityTolerances.Pixels, part => part.BaseDecoderImage, at => at.Against(at.Found))) with { IsImage = true },
    ];

    private static RecordedQuantity OfImage(RecordedQuantity quantity) => quantity with { IsPerRun = false };

    private static RecordedQuantity Tensor(string name, Stage stage, Tolerance tolerance, string tensor) =>
        new(name, stage, tolerance, part => part.Find(tensor), at => at.Against(at.Found));

    private static RecordedQuantity Computed(string name, Stage stage, Tolerance tolerance, string tensor, Func<StageRun, Numbers> compute) =>
        new(name, stage, tolerance, part => part.Find(tensor), at => at.Against(compute(at.Run)));
}
