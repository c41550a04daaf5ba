using System.Collections.Immutable;
using Karl.Tokenizers.Evaluation.Internals;

namespace Karl.Applications.Complexity;

/// <summary>How well measures of complexity agree with scores that people gave.</summary>
/// <param name="Scores">The score of each image that has one, in the order of the report, with its place in that.</param>
/// <param name="Unmatched">Scores that are no image's.</param>
/// <param name="Measures">Each measure with its correlations.</param>
public sealed record ScoreAgreement(ImmutableArray<(int Image, double Score)> Scores, int Unmatched, ImmutableArray<MeasureAgreement> Measures)
{
    internal static ScoreAgreement Between(ComplexityReport report, ComplexityScores scores)
    {
        HumanScore?[] found = scores.Of([.. report.Images.Select(image => image.Path)]);
        ImmutableArray<(int Image, double Score)> matched = [.. found.Index().Where(pair => pair.Item is not null).Select(pair => (pair.Index, pair.Item!.Score))];
        if (matched.IsEmpty)
        {
            throw new ArgumentException($"None of the {scores.Count} scores is one of the {report.Images.Length} images'; paths as they were given, or names of files, were expected.", nameof(scores));
        }

        return new ScoreAgreement(
            matched,
            scores.Count - matched.Length,
            [
                Agreement("tokens", image => image.Tokens),
                Agreement("error at the full budget", image => image.FullError),
                Agreement("JPEG bytes", image => image.JpegBytes),
            ]);

        MeasureAgreement Agreement(string name, Func<ImageComplexity, double> measure)
        {
            double[] values = [.. matched.Select(pair => measure(report.Images[pair.Image]))], theirs = [.. matched.Select(pair => pair.Score)];
            return new MeasureAgreement(name, Statistics.RankCorrelation(values, theirs), Statistics.Correlation(values, theirs));
        }
    }
}

/// <summary>How well one measure agrees with scores.</summary>
/// <param name="Measure">What it is.</param>
/// <param name="Spearman">Spearman's rank correlation, -1 to 1; null where one side is all equal.</param>
/// <param name="Pearson">Pearson's correlation, -1 to 1; null as above.</param>
public sealed record MeasureAgreement(string Measure, double? Spearman, double? Pearson);
