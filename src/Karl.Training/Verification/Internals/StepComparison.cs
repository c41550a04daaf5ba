using System.Text.RegularExpressions;
using Karl.Export.Verification;
using Karl.Export.Verification.Internals;
using Karl.Networks;
using Karl.Training.Optimizers;
using Karl.Training.Steps;

namespace Karl.Training.Verification.Internals;

/// <summary>What each key of a recorded step means, and how our step compares.</summary>
internal sealed partial class StepComparison(RecordedStep step, StepRecording recording)
{
    private readonly WeightComparison _weights = new(step, recording);

    /// <summary>Compares what was recorded under a key.</summary>
    public VerificationLine Line(string key)
    {
        if (key.StartsWith("noise.", StringComparison.Ordinal)) return new(key, VerificationOutcome.Informational);
        if (WeightKey().Match(key) is { Success: true } weight) return _weights.Line(key, weight.Groups["kind"].Value, weight.Groups["name"].Value);
        if (Whole(key) is var (found, tolerance)) return Comparison.Line(key, new(recording.Read(key), found), tolerance, recording.Name);
        return new(key, VerificationOutcome.Unknown, Note: "not compared: this version does not know what it means");
    }

    private (Numbers Found, Tolerance Tolerance)? Whole(string key)
    {
        if (LossKey().Match(key) is { Success: true } loss)
        {
            var isEstimate = loss.Groups["pass"].Value == "1";
            var tokens = loss.Groups["tokens"].Value;
            if (tokens != (isEstimate ? recording.Budget : recording.FullBudget).ToString(System.Globalization.CultureInfo.InvariantCulture)) return null;
            return LossName(isEstimate ? "estimate" : "tokenize", loss.Groups["loss"].Value) is { } name ? (step.Reported(name), StepTolerances.Loss) : null;
        }
        return key switch
        {
            "settings.phase1_budget" => (new([recording.Budget], recording.Read(key).Shape), Tolerance.Exact),
            "settings.phase2_budget" => (new([recording.FullBudget], recording.Read(key).Shape), Tolerance.Exact),
            "settings.images" => (Row(recording.Images), Tolerance.Exact),
            "settings.phase1_bin" => (Row(recording.ErrorBins), Tolerance.Exact),
            "settings.rec_loss_bins" => (Numbers.Row([.. step.Architecture.ErrorBins.Select(bin => (double)bin)]), Tolerance.Exact),
            "prob_before" => (Numbers.Row([.. new KarlDraws(step.Architecture).Probabilities.Select(probability => (double)probability)]), StepTolerances.Probability),
            "prob_after" => (ProbabilitiesAfter([.. new KarlDraws(step.Architecture).Probabilities]), StepTolerances.Probability),
            "prob_after_from_uniform" => (ProbabilitiesAfter([.. step.Architecture.ErrorBins.Select(_ => 1f / step.Architecture.ErrorBins.Count)]), StepTolerances.Probability),
            "total_loss" => (step.Reported(TrainingStep.Loss), StepTolerances.Loss),
            "gt_indices" when step.Architecture.Base is VqganArchitecture => (step.Output(key), Tolerance.Exact),
            "gt_code" when step.Architecture.Base is VaeArchitecture => (step.Output(key), ParityTolerances.Posterior),
            "tokens_2d_rows8" => (Rows8("tokens_2d"), ParityTolerances.ImageTokens),
            "p1.rec_error" => (step.Output(KarlDistillationStep.Errors), StepTolerances.Loss),
            "opt.grad_norm_before_clip" => (step.Reported(AdamW.GradientNorm), StepTolerances.Loss),
            "opt.clip_coef" => (step.ClippingFactor, StepTolerances.Loss),
            _ when key.StartsWith("p1.", StringComparison.Ordinal) || key.StartsWith("p2.", StringComparison.Ordinal) => OfPass(key[..3], key[3..]),
            _ => null,
        };
    }

    private (Numbers Found, Tolerance Tolerance)? OfPass(string pass, string quantity) => quantity switch
    {
        "bin_index" => (step.Output(pass + quantity), Tolerance.Exact),
        "bin_value" => (Numbers.Row([.. step.Output(pass + "bin_index").Values.Select(bin => (double)step.Architecture.ErrorBins[(int)bin])]), Tolerance.Exact),
        "halt_logit" => (step.Output(pass + quantity), ParityTolerances.HaltingLogit),
        "halted" when pass == "p2." => (step.Output(pass + quantity), Tolerance.Exact),
        "halt_prob_margin" when pass == "p2." => (HaltingMargins(step.Output(pass + "halt_logit")), ParityTolerances.HaltingProbability),
        "latents_factorized" => (step.Output(pass + quantity), ParityTolerances.Latents),
        "decoder_out_rows8" => (Rows8(pass + "decoder_out"), step.Architecture.Base is VqganArchitecture ? ParityTolerances.Logits : ParityTolerances.DecodedCode),
        "indices" when step.Architecture.Quantized => (step.Output(pass + quantity), Tolerance.Exact),
        "indices_margin_min" when step.Architecture.Quantized => (SmallestCodeMargin(step.Output(pass + "latents_factorized")), ParityTolerances.CodeMargin),
        "commitment_loss" when step.Architecture.Quantized => (Share(pass, 0.25), StepTolerances.Loss),
        "codebook_loss" when step.Architecture.Quantized => (Share(pass, 1), StepTolerances.Loss),
        _ => null,
    };

    private string? LossName(string pass, string published) => published switch
    {
        "latent_token_active_loss_bce" => pass + ".keep",
        "latent_token_halt_loss_bce" when pass == "tokenize" => pass + ".halt",
        "nll_loss" when step.Architecture.Base is VqganArchitecture => pass + ".codes",
        "code_loss" => pass + ".features",
        "quantization_loss" when step.Architecture.Quantized => pass + ".quantizer",
        _ => null,
    };

    /// <summary>The quantizer's loss is the same distance twice, once counted a quarter.</summary>
    private Numbers Share(string pass, double part) => new([step.Reported(pass == "p1." ? "estimate.quantizer" : "tokenize.quantizer").Values[0] * part / 1.25], []);

    private Numbers ProbabilitiesAfter(float[] probabilities)
    {
        KarlDraws.Observe(probabilities, step.Architecture.ErrorBins, [.. step.Output(KarlDistillationStep.Errors).Values.Select(error => (float)error)]);
        return Numbers.Row([.. probabilities.Select(probability => (double)probability)]);
    }

    /// <summary>Rows 0, 8, 16 ... of the second axis.</summary>
    private Numbers Rows8(string output)
    {
        var whole = step.Output(output);
        var (batch, rows) = ((int)whole.Shape[0], (int)whole.Shape[1]);
        var all = new Numbers(whole.Values, [batch * rows, .. whole.Shape.Skip(2)]);
        int[] wanted = [.. Enumerable.Range(0, batch).SelectMany(image => Enumerable.Range(0, (rows + 7) / 8).Select(row => image * rows + 8 * row))];
        return new(all.Rows(wanted).Values, [batch, (rows + 7) / 8, .. whole.Shape.Skip(2)]);
    }

    /// <summary>For each image, how near the nearest token is to the threshold.</summary>
    private Numbers HaltingMargins(Numbers logits) => Numbers.Row(
        [.. Enumerable.Range(0, (int)logits.Shape[0]).Select(image => logits.At(image).ToArray().Min(logit => Math.Abs(1 / (1 + Math.Exp(-logit)) - step.Architecture.HaltingThreshold)))]);

    /// <summary>The smallest distance by which a code is nearer than the next, of vectors of length 1.</summary>
    private Numbers SmallestCodeMargin(Numbers latents)
    {
        var width = (int)latents.Shape[^1];
        var tokens = Normalized(new(latents.Values, [latents.Values.Length / width, width]));
        return new([NearestCodes.Find(tokens, Normalized(step.Codebook)).Margins.Values.Min()], []);
    }

    private static Numbers Normalized(Numbers rows)
    {
        var values = new double[rows.Values.Length];
        for (var row = 0; row < rows.Shape[0]; row++)
        {
            var length = Math.Sqrt(rows.At(row).ToArray().Sum(value => value * value));
            for (var index = 0; index < rows.RowLength; index++) values[row * rows.RowLength + index] = rows.At(row)[index] / Math.Max(length, 1e-12);
        }
        return rows with { Values = values };
    }

    private static Numbers Row(IEnumerable<int> numbers) => Numbers.Row([.. numbers.Select(number => (double)number)]);

    [GeneratedRegex(@"\A(?<kind>grad|grad_norm|grad_sum|grad_first1024|grad_last1024|grad_dim0_norm|opt\.change_norm|opt\.change_first256|opt64\.change_first256)\.(?<name>[A-Za-z0-9_.]{1,200})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex WeightKey();

    [GeneratedRegex(@"\Ap(?<pass>[12])\.loss\.(?<loss>[a-z_]{1,80})_(?<tokens>[0-9]{1,6})(_[01])?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex LossKey();
}
