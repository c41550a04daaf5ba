using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Export.Verification.Internals;

/// <summary>
/// Recordings of One-D-Piece: <c>img{i}.[len{N}.|dbg.]{quantity}[_rows{k}|_sub{k}|_stats]</c>. What the encoder gives does not depend on the length; what lies inside
/// the networks was recorded at the first length.
/// </summary>
internal sealed partial class OneDPieceRecordings : RecordingFormat
{
    private static readonly Dictionary<string, RecordedQuantity> Quantities = AllQuantities().ToDictionary(quantity => quantity.Name, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string Title => "One-D-Piece";

    /// <inheritdoc/>
    public override string ExampleKey => "img0.len32.logits_rows8";

    /// <inheritdoc/>
    public override RunSettings DefaultSettings { get; } = new(1, null);

    /// <inheritdoc/>
    public override bool TryParse(string text, [NotNullWhen(true)] out RecordedKey? key)
    {
        key = null;
        var match = Form().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var (stem, view) = RecordedView.Split(match.Groups["name"].Value);
        var quantity = match.Groups["debug"].Success ? Part(stem) : Quantities.GetValueOrDefault(stem);
        RunSettings? run = match.Groups["length"].Success ? new RunSettings(int.Parse(match.Groups["length"].ValueSpan, CultureInfo.InvariantCulture), null) : null;
        if (quantity is null || quantity.IsPerRun != run.HasValue || run?.Budget == 0 || (view.Kind is RecordedViewKind.Grid or RecordedViewKind.Statistics && !quantity.IsImage))
        {
            return false;
        }

        key = new RecordedKey(text, int.Parse(match.Groups["image"].ValueSpan, CultureInfo.InvariantCulture), LatentChoice.None, run, quantity, view);
        return true;
    }

    /// <inheritdoc/>
    public override IEnumerable<(Func<RecordedKey, bool> IsWrong, string Reason)> Misfits(Bundle bundle) =>
        bundle.Manifest.BudgetStep is int step
            ? [(key => key.Run is { } run && run.Budget % step != 0, $"was recorded with a part of the tokens; bundle '{bundle.Name}' decodes {bundle.Manifest.MaximumBudget} tokens only")]
            : [];

    /// <inheritdoc/>
    public override StageInputs EncoderInputs(RecordedRun run, RunState state, BundleManifest manifest, Recording recording, InferenceSession session) =>
        StageInputs.Image(state, manifest);

    /// <inheritdoc/>
    public override int[] Kept(StageRun encoder) => [.. Enumerable.Range(0, encoder.Settings.Budget)];

    private static IEnumerable<RecordedQuantity> AllQuantities() =>
    [
        OfImage(Tensor("z", Stage.Encoder, ParityTolerances.Latents, TensorNames.FactorizedLatents)),
        OfImage(Tensor("z_quantized", Stage.Encoder, ParityTolerances.QuantizedLatents, GraphContract.Latents)),
        OfImage(Tensor("indices", Stage.Encoder, Tolerance.Exact, GraphContract.Codes)),
        OfImage(new("indices_margin", Stage.Encoder, ParityTolerances.CodeMargin, part => part.CodeScores, at => at.Against(CodeScores.Margins(at.Found)))),
        Tensor("logits", Stage.Decoder, ParityTolerances.Logits, TensorNames.Logits),
        new("logits_argmax", Stage.Decoder, ParityTolerances.MostProbableLead, part => part.Find(TensorNames.Logits), Logits.CompareMostProbable),
        Tensor("soft_code", Stage.Decoder, ParityTolerances.DecodedCode, TensorNames.DecodedTokens),
        Tensor("recon", Stage.Decoder, ParityTolerances.Pixels, GraphContract.Image) with { IsImage = true },
        Tensor("decode_tokens_recon", Stage.Decoder, ParityTolerances.Pixels, GraphContract.Image) with { IsImage = true },
        new("rec_l1", Stage.Decoder, ParityTolerances.PixelError, part => part.Find(GraphContract.Image), at => at.Against(at.Run.PixelError)),
    ];

    /// <summary>What a name under <c>dbg.</c> means; null where nobody knows.</summary>
    private static RecordedQuantity? Part(string name)
    {
        var quantity = name switch
        {
            "enc_ln_pre" => NetworkParts.Sequence(name, Stage.EncoderParts, part => part.Find("encoder.input_norm"), EncoderRows),
            "enc_ln_post" => NetworkParts.Sequence(name, Stage.EncoderParts, part => part.Find(TensorNames.LatentOutputs), AllRows),
            "dec_ln_pre" => NetworkParts.Sequence(name, Stage.DecoderParts, part => part.Find("decoder.input_norm"), AllRows),
            "dec_ln_post" => NetworkParts.Sequence(name, Stage.DecoderParts, part => part.Find("decoder.output_norm"), AllRows),
            _ => Block(name),
        };
        return quantity is null ? null : OfImage(quantity);
    }

    private static RecordedQuantity? Block(string name)
    {
        var match = NumberedBlock().Match(name);
        if (!match.Success)
        {
            return null;
        }

        var number = match.Groups["number"].Value;
        return match.Groups["part"].Value == "enc"
            ? NetworkParts.Sequence(name, Stage.EncoderParts, part => part.Find($"encoder.blocks.{number}"), EncoderRows)
            : NetworkParts.Sequence(name, Stage.DecoderParts, part => part.Find($"decoder.blocks.{number}"), DecoderRows);
    }

    /// <summary>Class token, patches, latent tokens; or, after the last block, the latent tokens alone.</summary>
    private static int[]? EncoderRows(StageRun run, int count)
    {
        var latents = 1 + run.ImageTokens;
        return [.. Enumerable.Range(count > latents ? 0 : latents, count)];
    }

    /// <summary>Class token, mask tokens, latent tokens; or, after the last block, the mask tokens alone.</summary>
    private static int[]? DecoderRows(StageRun run, int count) => [.. Enumerable.Range(count == run.ImageTokens ? 1 : 0, count)];

    private static int[]? AllRows(StageRun run, int count) => [.. Enumerable.Range(0, count)];

    private static RecordedQuantity OfImage(RecordedQuantity quantity) => quantity with { IsPerRun = false };

    private static RecordedQuantity Tensor(string name, Stage stage, Tolerance tolerance, string tensor) =>
        new(name, stage, tolerance, part => part.Find(tensor), at => at.Against(at.Found));

    [GeneratedRegex(@"\Aimg(?<image>[0-9]{1,6})\.(len(?<length>[0-9]{1,6})\.|(?<debug>dbg\.))?(?<name>[A-Za-z0-9_]{1,80})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex(@"\A(?<part>enc|dec)_block(?<number>0|[1-9][0-9]{0,3})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberedBlock();
}
