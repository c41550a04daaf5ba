using Karl.Applications.Complexity.Internals;
using Karl.Tokenizers;

namespace Karl.Applications.Complexity;

/// <summary>
/// Where a report is kept: <c>report.md</c>, <c>complexity.csv</c>, <c>complexity.jsonl</c>, <c>sheet.png</c> (from the simplest to the most complex), <c>tokens.png</c> (how many images take how many tokens),
/// <c>structure.png</c> (what a small and a full budget leave), and <c>scores.png</c> where scores were given. Files of those names are replaced.
/// </summary>
public sealed class ComplexityFolder : OutputFolder
{
    /// <summary>Chooses a folder; nothing is made before <see cref="Write"/>.</summary>
    public ComplexityFolder(string path)
        : base(path)
    {
    }

    /// <summary>Writes all files.</summary>
    /// <param name="report">What was measured; at least one image.</param>
    /// <param name="tokenizer">The model, which reads the images of the sheet again.</param>
    /// <param name="agreement">With scores that people gave; null for none.</param>
    /// <param name="onSheet">How many images the sheet shows, evenly spread where there are more, 1 to 10,000; 0 for no sheet.</param>
    /// <param name="cancellationToken">Stops.</param>
    public void Write(ComplexityReport report, ImageTokenizer tokenizer, ScoreAgreement? agreement = null, int onSheet = 96, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (onSheet > 0 && ComplexitySheet.Draw(report, tokenizer, onSheet, cancellationToken) is { } sheet)
        {
            Save("sheet.png", sheet);
        }

        Save("tokens.png", ComplexityCharts.Tokens(report));
        Save("structure.png", ComplexityCharts.Structure(report));
        if (agreement is not null)
        {
            Save("scores.png", ComplexityCharts.Scores(report, agreement));
        }

        Save("complexity.csv", ComplexityTables.Csv(report, agreement));
        Save("complexity.jsonl", ComplexityTables.JsonLines(report, agreement));
        Save("report.md", ComplexityText.Write(report, agreement));
    }
}
