using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>Decides after each round which 2D tokens are done with: those whose true base code the decoder gives a high probability.</summary>
/// <param name="manifest">Tells tokens, rounds and the threshold.</param>
/// <param name="halting">How it is decided.</param>
/// <param name="seed">What tosses depend on, which are the same for every image.</param>
internal sealed class HaltedImageTokens(BundleManifest manifest, ImageTokenHalting halting, int seed)
{
    private readonly float[] _coins = halting == ImageTokenHalting.Tossed ? Coins(seed, manifest.MaximumBudget / manifest.BudgetStep!.Value * manifest.ImageTokens) : [];

    /// <summary>Whether anything is ever halted.</summary>
    public bool AreWanted => halting != ImageTokenHalting.None;

    /// <summary>Decides for one image.</summary>
    /// <param name="round">The round that has just been decoded, from 0.</param>
    /// <param name="codeProbabilities"><c>[2D tokens, base codes]</c>.</param>
    /// <param name="baseCodes">The true code of each 2D token.</param>
    /// <param name="halted">Receives 1 where a token is done with, 0 elsewhere.</param>
    /// <exception cref="KarlFormatException">A true code is none of the codes that there are probabilities for.</exception>
    public void Decide(int round, ReadOnlySpan<float> codeProbabilities, ReadOnlySpan<long> baseCodes, Span<float> halted)
    {
        int codes = codeProbabilities.Length / baseCodes.Length;
        for (int token = 0; token < baseCodes.Length; token++)
        {
            if (baseCodes[token] < 0 || baseCodes[token] >= codes)
            {
                throw new KarlFormatException($"Part '{Bundle.EncoderPart}' gave base code {baseCodes[token]}; part '{Bundle.DecoderPart}' has probabilities for {codes} codes.");
            }

            float probability = codeProbabilities[(token * codes) + (int)baseCodes[token]];
            bool isTossed = halting == ImageTokenHalting.Certain || _coins[(round * baseCodes.Length) + token] < probability;
            halted[token] = isTossed && probability >= manifest.ImageHaltingThreshold ? 1 : 0;
        }
    }

    private static float[] Coins(int seed, int count)
    {
        float[] coins = new float[count];
        SeededRandom random = new(seed);
        for (int index = 0; index < count; index++)
        {
            coins[index] = (float)random.NextUnit();
        }

        return coins;
    }
}
