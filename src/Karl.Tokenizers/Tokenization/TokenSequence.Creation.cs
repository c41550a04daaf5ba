using System.Globalization;
using System.Runtime.InteropServices;

namespace Karl.Tokenizers.Tokenization;

public sealed partial class TokenSequence
{
    private const int LargestBudget = 4096;
    private const int LargestLatentWidth = 65536;

    /// <summary>Tokens that are codes of a codebook, for example as read from a file.</summary>
    /// <param name="positions">Positions of the kept tokens, ascending, each below <paramref name="budget"/>.</param>
    /// <param name="codes">As many codes, each below <paramref name="codebookSize"/>.</param>
    /// <param name="codebookSize">Entries of the codebook.</param>
    /// <param name="budget">Most tokens that the image could have taken.</param>
    /// <param name="epsilon">The reconstruction error that was asked for.</param>
    /// <param name="haltingProbabilities">One for each token of the budget, or none where they are not known.</param>
    /// <param name="runs">How often the model was run for them, or null where that is not known.</param>
    /// <exception cref="ArgumentException">The values contradict one another; all problems are listed.</exception>
    public static TokenSequence FromCodes(ReadOnlySpan<int> positions, ReadOnlySpan<int> codes, int codebookSize, int budget, float epsilon, ReadOnlySpan<float> haltingProbabilities = default, ModelRuns? runs = null)
    {
        List<string> problems = CommonProblems(positions, budget, epsilon, haltingProbabilities, runs);
        if (codes.Length != positions.Length)
        {
            problems.Add($"There are {codes.Length} codes for {positions.Length} positions.");
        }

        int wrong = codes.IndexOfAnyExceptInRange(0, codebookSize - 1);
        if (codebookSize < 1)
        {
            problems.Add($"The codebook has {codebookSize} entries; at least 1 was expected.");
        }
        else if (wrong >= 0)
        {
            problems.Add($"Code {codes[wrong]} at index {wrong} is outside the codebook, 0 to {codebookSize - 1}.");
        }

        ThrowIfAny(problems);
        return new TokenSequence([.. positions], [.. codes], codebookSize, [], 0, budget, epsilon, [.. haltingProbabilities], runs);
    }

    /// <summary>Tokens that are continuous latents, for example as read from a file.</summary>
    /// <param name="positions">Positions of the kept tokens, ascending, each below <paramref name="budget"/>.</param>
    /// <param name="latents"><c>[kept, latentWidth]</c>, row after row, finite.</param>
    /// <param name="latentWidth">Numbers in one latent.</param>
    /// <param name="budget">Most tokens that the image could have taken.</param>
    /// <param name="epsilon">The reconstruction error that was asked for.</param>
    /// <param name="haltingProbabilities">One for each token of the budget, or none where they are not known.</param>
    /// <param name="runs">How often the model was run for them, or null where that is not known.</param>
    /// <exception cref="ArgumentException">The values contradict one another; all problems are listed.</exception>
    public static TokenSequence FromLatents(ReadOnlySpan<int> positions, ReadOnlySpan<float> latents, int latentWidth, int budget, float epsilon, ReadOnlySpan<float> haltingProbabilities = default, ModelRuns? runs = null)
    {
        List<string> problems = CommonProblems(positions, budget, epsilon, haltingProbabilities, runs);
        if (latentWidth is < 1 or > LargestLatentWidth)
        {
            problems.Add($"A latent has {latentWidth} numbers; 1 to {LargestLatentWidth} was expected.");
        }
        else if (latents.Length != (long)positions.Length * latentWidth)
        {
            problems.Add($"There are {latents.Length} numbers of latents; {positions.Length} positions x {latentWidth} was expected.");
        }

        if (!AllFinite(latents))
        {
            problems.Add("Latents hold a number that is not finite.");
        }

        ThrowIfAny(problems);
        return new TokenSequence([.. positions], [], null, [.. latents], latentWidth, budget, epsilon, [.. haltingProbabilities], runs);
    }

    /// <summary>Wraps arrays that nobody else holds and that are known to be right.</summary>
    internal static TokenSequence Trusted(int[] positions, int[] codes, int? codebookSize, float[] latents, int latentWidth, int budget, float epsilon, float[] haltingProbabilities, ModelRuns runs) =>
        new(
            ImmutableCollectionsMarshal.AsImmutableArray(positions),
            ImmutableCollectionsMarshal.AsImmutableArray(codes),
            codebookSize,
            ImmutableCollectionsMarshal.AsImmutableArray(latents),
            latentWidth,
            budget,
            epsilon,
            ImmutableCollectionsMarshal.AsImmutableArray(haltingProbabilities),
            runs);

    /// <summary>The same tokens, which took these runs.</summary>
    internal TokenSequence Took(ModelRuns runs) => new(Positions, Codes, CodebookSize, Latents, LatentWidth, Budget, Epsilon, HaltingProbabilities, runs);

    private static List<string> CommonProblems(ReadOnlySpan<int> positions, int budget, float epsilon, ReadOnlySpan<float> haltingProbabilities, ModelRuns? runs)
    {
        List<string> problems = [];
        if (budget is < 1 or > LargestBudget)
        {
            problems.Add($"Budget is {budget}; 1 to {LargestBudget} tokens were expected.");
        }

        if (!float.IsFinite(epsilon) || epsilon < 0)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"Epsilon is {epsilon}; a finite number of at least 0 was expected."));
        }

        int previous = -1;
        foreach (int position in positions)
        {
            if (position <= previous || position >= budget)
            {
                problems.Add($"Position {position} follows {previous} with a budget of {budget}; ascending positions from 0 to {budget - 1} were expected.");
                break;
            }

            previous = position;
        }

        if (haltingProbabilities.Length != 0 && haltingProbabilities.Length != budget)
        {
            problems.Add($"There are {haltingProbabilities.Length} halting probabilities for a budget of {budget}; one each, or none, was expected.");
        }

        if (!AllFinite(haltingProbabilities))
        {
            problems.Add("Halting probabilities hold a number that is not finite.");
        }

        if (runs is { Encoder: < 0 } or { Decoder: < 0 })
        {
            problems.Add($"The model was run {runs} times for them; numbers of at least 0 were expected.");
        }

        return problems;
    }

    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    private static void ThrowIfAny(List<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new ArgumentException("These are not the tokens of an image: " + string.Join(" ", problems));
        }
    }
}
