using System.Collections.Immutable;
using Karl.Applications.Explanation.Internals;
using Karl.Tokenizers.Evaluation.Internals;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Explanation;

/// <summary>Where the tokens of one image go.</summary>
public sealed class TokenExplanation
{
    private const int MostRegions = 8, UsualRegions = 16;

    internal TokenExplanation(RgbImage original, RgbImage reconstruction, double error, TokenSequence tokens, int gridSize, ImmutableArray<TokenMap> maps)
    {
        Original = original;
        Reconstruction = reconstruction;
        Error = error;
        Tokens = tokens;
        GridSize = gridSize;
        Maps = maps;
        RegionsPerSide = Enumerable.Range(1, Math.Min(MostRegions, gridSize)).Last(side => gridSize % side == 0 && side * side <= Math.Max(UsualRegions, tokens.Count));
        Detail = ImageDetail.Of(original, RegionsPerSide);
    }

    /// <summary>The image as the model saw it.</summary>
    public RgbImage Original { get; }

    /// <summary>What comes back from all tokens.</summary>
    public RgbImage Reconstruction { get; }

    /// <summary>Mean absolute difference of the two, before the reconstruction is made bytes: what an epsilon asks for.</summary>
    public double Error { get; }

    /// <summary>The tokens.</summary>
    public TokenSequence Tokens { get; }

    /// <summary>Rows and columns of the grid of a map.</summary>
    public int GridSize { get; }

    /// <summary>A map for each token, in the order of positions.</summary>
    public ImmutableArray<TokenMap> Maps { get; }

    /// <summary>Rows and columns of regions, which divide the grid: at most 8, and at most 4 where more would leave less than a token for a region.</summary>
    public int RegionsPerSide { get; }

    /// <summary>How much there is to see in each region: mean absolute difference of neighbouring pixels' brightness, 0 to 1, row after row.</summary>
    public ImmutableArray<double> Detail { get; }

    /// <summary>Whether the decoder's attention is known.</summary>
    public bool HasAttention => Maps.Length > 0 && !Maps[0].Attention.IsEmpty;

    /// <summary>
    /// How many tokens serve each region, row after row: each token is divided among the regions in proportion to its map, so that the sum is the number of tokens
    /// (without those that have no effect anywhere).
    /// </summary>
    /// <exception cref="InvalidOperationException">The attention is asked for, and not known.</exception>
    public ImmutableArray<double> TokensByRegion(TokenMeasure measure) => TokensBy(RegionsPerSide, measure);

    /// <summary>How many tokens serve each place of the grid, row after row, in the same way.</summary>
    /// <inheritdoc cref="TokensByRegion"/>
    public ImmutableArray<double> TokensByPlace(TokenMeasure measure) => TokensBy(GridSize, measure);

    /// <summary>Spearman's rank correlation, over regions, of the tokens that serve them and the <see cref="Detail"/> in them: above 0 where more tokens go to complex regions. Null where one of both is the same everywhere.</summary>
    /// <inheritdoc cref="TokensByRegion"/>
    public double? DetailCorrelation(TokenMeasure measure) => Statistics.RankCorrelation([.. TokensByRegion(measure)], [.. Detail]);

    private ImmutableArray<double> TokensBy(int regions, TokenMeasure measure)
    {
        if (measure == TokenMeasure.Attention && !HasAttention && Maps.Length > 0)
        {
            throw new InvalidOperationException("The decoder's attention is not known; give the explainer its attention graph.");
        }

        double[] counts = new double[regions * regions];
        int cells = GridSize / regions;
        foreach (TokenMap map in Maps)
        {
            ImmutableArray<float> values = map.Of(measure);
            double sum = values.Sum(value => (double)value);
            for (int place = 0; place < values.Length && sum > 0; place++)
            {
                int row = place / GridSize / cells, column = place % GridSize / cells;
                counts[(row * regions) + column] += values[place] / sum;
            }
        }

        return [.. counts];
    }
}
