using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Compression.Internals;

/// <summary>Latents as whole multiples of a step.</summary>
internal static class LatentSteps
{
    /// <summary>Farther from 0, float32 no longer tells neighbouring multiples apart.</summary>
    private const int Most = 1 << 23;

    /// <summary>The nearest multiple; the latent is at most half a step away from it.</summary>
    /// <exception cref="ArgumentException">The latent is too large for so small a step.</exception>
    public static int Of(float latent, float step)
    {
        double steps = Math.Round(latent / (double)step);
        return Math.Abs(steps) <= Most
            ? (int)steps
            : throw new ArgumentException($"A latent is {latent}, more than {Most} steps of {step}; take a larger step.");
    }

    /// <summary>The tokens as an archive gives them back: codes as they are, latents as multiples of the step.</summary>
    public static TokenSequence Stored(TokenSequence tokens, float step) => tokens.IsQuantized
        ? tokens
        : TokenSequence.FromLatents(tokens.Positions.AsSpan(), [.. tokens.Latents.Select(latent => ToLatent(Of(latent, step), step))], tokens.LatentWidth, tokens.Budget, tokens.Epsilon);

    /// <summary>The latent that so many steps are.</summary>
    public static float ToLatent(int steps, float step) => (float)(steps * (double)step);
}
