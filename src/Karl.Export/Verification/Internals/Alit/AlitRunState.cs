using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;

namespace Karl.Export.Verification.Internals.Alit;

/// <summary>One image on its way through the rounds: what the graphs gave last, and what follows from it.</summary>
/// <param name="pixels">The image, <c>[3, size, size]</c>, 0 to 1.</param>
/// <param name="manifest">The model.</param>
/// <param name="halting">How 2D tokens are halted.</param>
/// <param name="coins">The numbers tossed, <c>[rounds, 2D tokens]</c>; null where none are.</param>
internal sealed class AlitRunState(ReadOnlyMemory<float> pixels, BundleManifest manifest, RecordedHalting halting, Numbers? coins) : IDisposable
{
    private readonly Dictionary<AlitPart, StageRun> _last = [];
    private readonly List<(int Tokens, double Error)> _lengths = [];

    /// <summary>The image, <c>[3, size, size]</c>, 0 to 1.</summary>
    public ReadOnlyMemory<float> Pixels => pixels;

    /// <summary>Rounds that were decoded.</summary>
    public int Rounds => _lengths.Count;

    /// <summary>Mean absolute difference of the image and the last round's.</summary>
    public double Error => _lengths[^1].Error;

    /// <summary>The errors that shortest lengths are looked for; set before <see cref="ShortestLengths"/> is asked for.</summary>
    public Numbers Thresholds { get; set; } = Numbers.Row([]);

    /// <summary>For each threshold, the tokens of the first round with an error below it, or of the round with the least error.</summary>
    public Numbers ShortestLengths => Shortest(length => length.Tokens);

    /// <summary>The errors of these rounds.</summary>
    public Numbers ShortestErrors => Shortest(length => length.Error);

    /// <summary>What the 2D tokens became in the last round, <c>[2D tokens, width]</c>, before any is halted.</summary>
    public Numbers ImageTokens => Sequence.Rows([.. Enumerable.Range(1, manifest.ImageTokens)]);

    /// <summary>What the latent tokens became in the last round, <c>[tokens, width]</c>.</summary>
    public Numbers LatentOutputs => Sequence.Rows([.. Enumerable.Range(1 + manifest.ImageTokens, (int)Sequence.Shape[0] - 1 - manifest.ImageTokens)]);

    /// <summary>The probability that the last decoding gives the true base code of each 2D token, <c>[2D tokens]</c>.</summary>
    public Numbers TrueCodeProbabilities
    {
        get
        {
            var codes = Of(AlitPart.Encoder).Numbers(GraphContract.BaseCodes).Values;
            var probabilities = Of(AlitPart.Decoder).Numbers(GraphContract.CodeProbabilities);
            return Numbers.Row([.. codes.Select((code, token) => probabilities.At(token)[(int)code])]);
        }
    }

    /// <summary>1 for each 2D token that is halted after the last round, 0 for the others, <c>[2D tokens]</c>. Over a VAE the original halts none.</summary>
    public Numbers Halted
    {
        get
        {
            if (halting == RecordedHalting.None || manifest.Base != "vqgan") return Numbers.Row(new double[manifest.ImageTokens]);
            var round = Rounds - 1;
            return Numbers.Row([.. TrueCodeProbabilities.Values.Select((probability, token) =>
                probability >= manifest.ImageHaltingThreshold && (coins is null || coins.At(round)[token] < probability) ? 1.0 : 0)]);
        }
    }

    /// <summary>Mean absolute difference of each 2D token's latent and the predicted one, <c>[2D tokens]</c>: what the original looks at over a VAE, to no effect.</summary>
    public Numbers CodeErrors
    {
        get
        {
            var (wanted, found) = (Of(AlitPart.Encoder).Numbers(TensorNames.BaseTokens), Of(AlitPart.Decoder).Numbers(TensorNames.DecodedTokens));
            return Numbers.Row([.. Enumerable.Range(0, manifest.ImageTokens).Select(token => MeanDifference(wanted.At(token), found.At(token)))]);
        }
    }

    private Numbers Sequence => Of(AlitPart.Round).Numbers(GraphContract.NextSequence);

    /// <summary>The last run of a graph.</summary>
    public StageRun Of(AlitPart part) => _last[part];

    /// <summary>Takes over what a graph gave; a run of the decoder ends a round.</summary>
    public void Take(AlitPart part, StageRun run)
    {
        if (_last.Remove(part, out var earlier)) earlier.Dispose();
        _last.Add(part, run);
        if (part == AlitPart.Decoder) _lengths.Add((manifest.BudgetStep!.Value * (Rounds + 1), run.PixelError.Values[0]));
    }

    public void Dispose()
    {
        foreach (var run in _last.Values) run.Dispose();
    }

    private Numbers Shortest(Func<(int Tokens, double Error), double> value) => Numbers.Row(
        [.. Thresholds.Values.Select(threshold => value(_lengths.Where(length => length.Error < threshold).DefaultIfEmpty(_lengths.MinBy(length => length.Error)).First()))]);

    private static double MeanDifference(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var sum = 0.0;
        for (var index = 0; index < first.Length; index++) sum += Math.Abs(first[index] - second[index]);
        return sum / first.Length;
    }
}
