using System.Collections.Immutable;
using System.Globalization;

namespace Karl.Tokenizers.Tokenization;

/// <summary>An image as tokens: those that were kept, each with its position in the budget. Immutable.</summary>
/// <remarks>Where a family halts tokens (KARL), kept ones are not a prefix of the budget, and there may be none at all.</remarks>
public sealed partial class TokenSequence
{
    private const int BitsOfFloat = 32;

    private TokenSequence(ImmutableArray<int> positions, ImmutableArray<int> codes, int? codebookSize, ImmutableArray<float> latents, int latentWidth, int budget, float epsilon, ImmutableArray<float> haltingProbabilities, ModelRuns? runs)
    {
        Positions = positions;
        Codes = codes;
        CodebookSize = codebookSize;
        Latents = latents;
        LatentWidth = latentWidth;
        Budget = budget;
        Epsilon = epsilon;
        HaltingProbabilities = haltingProbabilities;
        Runs = runs;
    }

    /// <summary>Positions of the kept tokens, ascending, each from 0 to below <see cref="Budget"/>.</summary>
    public ImmutableArray<int> Positions { get; }

    /// <summary>Codes of the kept tokens, each from 0 to below <see cref="CodebookSize"/>; empty where tokens are continuous.</summary>
    public ImmutableArray<int> Codes { get; }

    /// <summary><c>[kept, LatentWidth]</c>, float32, row after row; empty where tokens are codes, unless <see cref="TokenizeOptions.IncludeLatents"/> asked for them.</summary>
    public ImmutableArray<float> Latents { get; }

    /// <summary>Whether tokens are <see cref="Codes"/> of a codebook rather than <see cref="Latents"/>.</summary>
    public bool IsQuantized => CodebookSize.HasValue;

    /// <summary>Entries of the codebook; null where tokens are continuous.</summary>
    public int? CodebookSize { get; }

    /// <summary>Numbers in one latent; 0 where there are none.</summary>
    public int LatentWidth { get; }

    /// <summary>Most tokens that the image could have taken.</summary>
    public int Budget { get; }

    /// <summary>The reconstruction error that was asked for, mean absolute difference of pixels between 0 and 1.</summary>
    public float Epsilon { get; }

    /// <summary>Probability of each token of the budget, kept or not, that it is not needed, <c>[Budget]</c>; empty where it was not recorded, and for families without such.</summary>
    public ImmutableArray<float> HaltingProbabilities { get; }

    /// <summary>How often the model was run to find these tokens; null where that is not known, as in older files.</summary>
    public ModelRuns? Runs { get; }

    /// <summary>How many tokens were kept.</summary>
    public int Count => Positions.Length;

    /// <summary>The image's approximate Kolmogorov complexity in tokens: the number kept (section 3 of the KARL paper).</summary>
    public int ApproximateComplexity => Count;

    /// <summary>The same in bits: kept times log2 of the codebook for codes, kept times <see cref="LatentWidth"/> times 32 for latents.</summary>
    /// <remarks>Positions are not counted; as a bit for each token of the budget they would take <see cref="Budget"/> bits more.</remarks>
    public double Bits => CodebookSize is int size ? Count * Math.Log2(size) : (double)Count * LatentWidth * BitsOfFloat;

    /// <inheritdoc/>
    public override string ToString()
    {
        string kind = CodebookSize is int size ? $"codes of {size}" : $"latents of {LatentWidth}";
        string positions = string.Join(' ', Positions.Take(8));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Count} of {Budget} tokens at epsilon {Epsilon}, {kind}, {Bits:0.##} bits, positions [{positions}{(Count > 8 ? " ..." : string.Empty)}]");
    }
}
