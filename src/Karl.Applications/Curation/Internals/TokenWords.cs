using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Curation.Internals;

/// <summary>Tokens as whole numbers that are equal for tokens that are as good as the same: codes as they are, and of latents the signs of their first 31 numbers.</summary>
internal static class TokenWords
{
    private const int MostSigns = 31;

    public static int[] Of(TokenSequence tokens)
    {
        if (tokens.IsQuantized)
        {
            return [.. tokens.Codes];
        }

        int[] words = new int[tokens.Count];
        for (int index = 0; index < words.Length; index++)
        {
            ReadOnlySpan<float> latent = tokens.Latents.AsSpan(index * tokens.LatentWidth, tokens.LatentWidth);
            for (int sign = 0; sign < Math.Min(MostSigns, latent.Length); sign++)
            {
                words[index] |= latent[sign] > 0 ? 1 << sign : 0;
            }
        }

        return words;
    }

    /// <summary>The share of positions at which two images have the same, 0 to 1.</summary>
    public static double Shared(int[] first, int[] second)
    {
        int same = 0;
        for (int index = 0; index < first.Length; index++)
        {
            same += first[index] == second[index] ? 1 : 0;
        }

        return first.Length == 0 ? 0 : (double)same / first.Length;
    }
}
