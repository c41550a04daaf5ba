using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Karl.Export.Verification.Internals;

/// <summary>How the latent of a VAE was chosen.</summary>
internal enum LatentChoice
{
    /// <summary>There is nothing to choose: the base tokenizer is a VQGAN.</summary>
    None,

    /// <summary>The mean of the posterior, <c>mode</c> in keys.</summary>
    Mean,

    /// <summary>Mean and deviation times the recorded noise, <c>sample</c> in keys.</summary>
    Sample,
}

/// <summary>What a network was asked for: <c>b32.q0.05</c>, or <c>len32</c>.</summary>
/// <param name="Budget">Latent tokens.</param>
/// <param name="Epsilon">The reconstruction error asked for; null where the encoder is not told any.</param>
internal readonly record struct RunSettings(int Budget, float? Epsilon)
{
    public override string ToString() => Epsilon is float epsilon ? string.Create(CultureInfo.InvariantCulture, $"b{Budget}.q{epsilon}") : $"len{Budget}";
}

/// <summary>A key of a recording, taken apart: <c>img{i}.[mode.|sample.][b{N}.q{epsilon}.[dbg.]]{quantity}[_rows{k}|_sub{k}|_stats]</c>.</summary>
/// <param name="Text">The whole key.</param>
/// <param name="Image">Number of the image, from 0.</param>
/// <param name="Latent">How the latent was chosen.</param>
/// <param name="Run">Budget and epsilon; null for what depends on the image alone.</param>
/// <param name="Quantity">What was recorded.</param>
/// <param name="View">Which part of it.</param>
internal sealed partial record RecordedKey(string Text, int Image, LatentChoice Latent, RunSettings? Run, RecordedQuantity Quantity, RecordedView View)
{
    /// <summary>Takes a key apart, or says that its meaning is not known.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RecordedKey? key)
    {
        key = null;
        var match = Form().Match(text);
        if (!match.Success || !TryParseRun(match, out var run))
        {
            return false;
        }

        var latent = match.Groups["latent"].Value switch { "mode" => LatentChoice.Mean, "sample" => LatentChoice.Sample, _ => LatentChoice.None };
        var name = match.Groups["name"].Value;
        var (stem, view) = RecordedView.Split(name);
        var isDebug = match.Groups["debug"].Success;
        var quantity = isDebug ? NetworkParts.Find(stem) : RecordedQuantities.Find(stem);
        if (quantity is null || quantity.IsPerRun != run.HasValue || (view.Kind is RecordedViewKind.Grid or RecordedViewKind.Statistics && !quantity.IsImage))
        {
            return false;
        }

        key = new RecordedKey(text, int.Parse(match.Groups["image"].ValueSpan, CultureInfo.InvariantCulture), latent, run, quantity, view);
        return true;
    }

    private static bool TryParseRun(Match match, out RunSettings? run)
    {
        run = null;
        if (!match.Groups["budget"].Success)
        {
            return !match.Groups["debug"].Success;
        }

        var budget = int.Parse(match.Groups["budget"].ValueSpan, CultureInfo.InvariantCulture);
        var epsilon = float.Parse(match.Groups["epsilon"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
        run = new RunSettings(budget, epsilon);
        return budget > 0 && float.IsFinite(epsilon);
    }

    [GeneratedRegex(@"\Aimg(?<image>[0-9]{1,6})\.((?<latent>mode|sample)\.)?(b(?<budget>[0-9]{1,6})\.q(?<epsilon>[0-9]{1,9}(\.[0-9]{1,20})?(e-?[0-9]{1,2})?)\.)?(?<debug>dbg\.)?(?<name>[A-Za-z0-9_]{1,80})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
