using System.Text.RegularExpressions;

namespace Karl.Export.Verification.Internals;

/// <summary>What recordings hold under <c>dbg.</c>: outputs of the networks' parts.</summary>
/// <remarks>Sequences are recorded with all tokens. Ours are without halted tokens, and a last block computes only what is used: what is there is compared.</remarks>
internal static partial class NetworkParts
{
    private const string EncoderBlock = "encoder.blocks.";
    private const string DecoderBlock = "decoder.blocks.";

    /// <summary>What a name under <c>dbg.</c> means; null where nobody knows.</summary>
    public static RecordedQuantity? Find(string name) => name switch
    {
        "pixenc_conv_in" => Map(name, Stage.EncoderParts, ParityTolerances.EncoderMaps, part => part.Find("base.encoder.input")),
        "patch_embed" => Map(name, Stage.EncoderParts, ParityTolerances.EncoderMaps, part => part.Find("encoder.patch_embedding")),
        "encoder_ln_pre" => Sequence(name, Stage.EncoderParts, part => part.Find("encoder.input_norm"), EncoderRows),
        "encoder" => Sequence(name, Stage.EncoderParts, part => part.Find(EncoderBlock + (part.EncoderLayers - 1)), EncoderRows),
        "decoder_ln_pre" => Sequence(name, Stage.DecoderParts, part => part.Find("decoder.input_norm"), DecoderRows),
        "decoder_ln_post" => Sequence(name, Stage.DecoderParts, part => part.Find("decoder.output_norm"), DecoderRows),
        "pix_conv_in" => Map(name, Stage.DecoderParts, ParityTolerances.DecoderMaps, part => part.Find("base.decoder.input")),
        _ => Numbered(name),
    };

    private static RecordedQuantity? Numbered(string name)
    {
        var match = NumberedPart().Match(name);
        if (!match.Success)
        {
            return null;
        }

        var number = match.Groups["number"].Value;
        return match.Groups["part"].Value switch
        {
            "encoder_block" => Sequence(name, Stage.EncoderParts, part => part.Find(EncoderBlock + number), EncoderRows),
            "decoder_block" => Sequence(name, Stage.DecoderParts, part => part.Find(DecoderBlock + number), DecoderRows),
            "pixenc_down" => Map(name, Stage.EncoderParts, ParityTolerances.EncoderMaps, part => part.FindLast($"base.encoder.levels.{number}.blocks.")),
            _ => Map(name, Stage.DecoderParts, ParityTolerances.DecoderMaps, part => part.FindLast($"base.decoder.levels.{number}.blocks.")),
        };
    }

    private static RecordedQuantity Map(string name, Stage stage, Tolerance tolerance, Func<ModelPart, string?> source) =>
        new(name, stage, tolerance, source, Coarse) { IsOptional = true, IsImage = true };

    /// <summary>A sequence of tokens inside a network.</summary>
    /// <param name="name">Its name in keys.</param>
    /// <param name="stage">When it is known.</param>
    /// <param name="source">The tensor in the stage's graph.</param>
    /// <param name="rows">Which recorded rows our rows are, by how many we have; null where that is no number that can be.</param>
    public static RecordedQuantity Sequence(string name, Stage stage, Func<ModelPart, string?> source, Func<StageRun, int, int[]?> rows) =>
        new(name, stage, ParityTolerances.Sequences, source, at => Rows(at, rows)) { IsOptional = true };

    /// <summary><c>map[:, ::H/h, ::W/w]</c> for a recorded <c>[channels, h, w]</c>.</summary>
    private static Comparable Coarse(Measurement at)
    {
        var found = at.Found;
        var (recorded, whole) = (at.Recorded.Shape, found.Shape);
        var fits = at.Key.View == RecordedView.Whole && recorded.Length == 3 && whole.Length == 3 && recorded[1] > 0 && recorded[1] == recorded[2]
            && whole[1] == whole[2] && whole[1] % recorded[1] == 0;
        return fits ? new Comparable(at.Recorded, found.Grid(0, (int)(whole[1] / recorded[1]))) : at.Against(found);
    }

    private static Comparable Rows(Measurement at, Func<StageRun, int, int[]?> rowsInRecording)
    {
        var found = at.Found;
        if (found.Shape.Length != 2 || at.Recorded.Shape.Length != 2 || rowsInRecording(at.Run, (int)found.Shape[0]) is not int[] places)
        {
            return at.Against(found);
        }

        var step = at.Key.View.Step;
        (int Recorded, int Found)[] common =
        [
            .. places.Select((place, row) => (Recorded: place, Found: row))
                .Where(pair => pair.Recorded % step == 0 && pair.Recorded / step < at.Recorded.Shape[0])
                .Select(pair => (pair.Recorded / step, pair.Found)),
        ];
        var note = common.Length == at.Recorded.Shape[0] ? string.Empty : $"{common.Length} of {at.Recorded.Shape[0]} rows: the model computes no others";
        return new Comparable(at.Recorded.Rows([.. common.Select(pair => pair.Recorded)]), found.Rows([.. common.Select(pair => pair.Found)]), note);
    }

    /// <summary>Condition token, 2D tokens, latent tokens; or the latent tokens alone.</summary>
    private static int[]? EncoderRows(StageRun run, int count)
    {
        var latents = 1 + run.ImageTokens;
        return count == latents + run.Settings.Budget ? [.. Enumerable.Range(0, count)]
            : count == run.Settings.Budget ? [.. Enumerable.Range(latents, count)]
            : null;
    }

    /// <summary>2D tokens and the kept latent tokens; or the 2D tokens alone.</summary>
    private static int[]? DecoderRows(StageRun run, int count) =>
        count == run.ImageTokens ? [.. Enumerable.Range(0, count)]
        : count == run.ImageTokens + run.Kept.Count ? [.. Enumerable.Range(0, run.ImageTokens), .. run.Kept.Select(position => run.ImageTokens + position)]
        : null;

    [GeneratedRegex(@"\A((?<part>encoder_block|decoder_block)(?<number>0|[1-9][0-9]{0,3})|(?<part>pixenc_down|pix_up)(?<number>0|[1-9][0-9]{0,3})_lastblock)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberedPart();
}
