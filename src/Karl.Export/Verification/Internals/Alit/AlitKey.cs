using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Karl.Export.Verification.Internals.Alit;

/// <summary>How 2D tokens were halted between rounds in a recording.</summary>
internal enum RecordedHalting
{
    /// <summary>Not at all, <c>none</c> in keys, or nothing.</summary>
    None,

    /// <summary>Where the probability reaches the threshold, <c>det</c> in keys.</summary>
    Certain,

    /// <summary>Of these, where the recorded number is below the probability, <c>u</c> in keys.</summary>
    Tossed,
}

/// <summary>What one image was run with.</summary>
/// <param name="Image">Number of the image, from 0.</param>
/// <param name="Halting">How 2D tokens were halted.</param>
/// <param name="Latent">How the latent of a VAE was chosen; the mean where the key says nothing.</param>
internal readonly record struct AlitRunKey(int Image, RecordedHalting Halting, LatentChoice Latent)
{
    public override string ToString() =>
        $"img{Image}.{Halting switch { RecordedHalting.Certain => "det", RecordedHalting.Tossed => "u", _ => "none" }}{(Latent == LatentChoice.Sample ? ".sample" : string.Empty)}";
}

/// <summary>
/// A key of a recording of ALIT, taken apart: <c>img{i}.{none|det|u|mode|sample}.[it{t}.]{quantity}[_rows{k}|_sub{k}|_stats]</c>, or <c>img{i}.{quantity}</c> for
/// what depends on the image alone.
/// </summary>
/// <param name="Text">The whole key.</param>
/// <param name="Run">What the image was run with.</param>
/// <param name="Round">The round, from 0; null for what belongs to no single one.</param>
/// <param name="Quantity">What was recorded.</param>
/// <param name="View">Which part of it.</param>
internal sealed partial record AlitKey(string Text, AlitRunKey Run, int? Round, AlitQuantity Quantity, RecordedView View)
{
    /// <summary>Takes a key apart, or says that its meaning is not known.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AlitKey? key)
    {
        key = null;
        var match = Form().Match(text);
        if (!match.Success) return false;
        string[] modes = [.. match.Groups["mode"].Captures.Select(capture => capture.Value)];
        int? round = match.Groups["round"].Success ? int.Parse(match.Groups["round"].ValueSpan, CultureInfo.InvariantCulture) : null;
        var (stem, view) = RecordedView.Split(match.Groups["name"].Value);
        if (AlitQuantities.Find(stem) is not { } quantity || quantity.IsPerRound != round.HasValue) return false;
        if (quantity.IsPerRun && modes.Length == 0) return false;
        if (view.Kind is RecordedViewKind.Grid or RecordedViewKind.Statistics && !quantity.IsImage) return false;
        var run = new AlitRunKey(
            int.Parse(match.Groups["image"].ValueSpan, CultureInfo.InvariantCulture),
            modes.Contains("det") ? RecordedHalting.Certain : modes.Contains("u") ? RecordedHalting.Tossed : RecordedHalting.None,
            modes.Contains("sample") ? LatentChoice.Sample : LatentChoice.Mean);
        key = new AlitKey(text, run, round, quantity, view);
        return true;
    }

    [GeneratedRegex(@"\Aimg(?<image>[0-9]{1,6})\.((?<mode>none|det|u|mode|sample)\.){0,2}(it(?<round>[0-9]{1,2})\.)?(?<name>[A-Za-z0-9_]{1,80})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
