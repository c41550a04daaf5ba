using System.Collections.Immutable;

namespace Karl.Export.Verification;

/// <summary>What a verification found: a line for each recorded tensor, in the recording's order.</summary>
/// <param name="Model">File name of the model bundle.</param>
/// <param name="Recording">File name of the recording.</param>
/// <param name="Lines">All recorded tensors.</param>
/// <param name="Notes">What is to be known about the whole, such as that the weights are not float32.</param>
public sealed record VerificationReport(string Model, string Recording, ImmutableArray<VerificationLine> Lines, ImmutableArray<string> Notes)
{
    /// <summary>Whether everything that was recorded was checked and agrees; tensors that optimization removed do not count.</summary>
    public bool Succeeded => !Lines.Any(line => line.IsFailure);

    /// <summary>How many lines have an outcome.</summary>
    public int Count(VerificationOutcome outcome) => Lines.Count(line => line.Outcome == outcome);

    /// <summary>The last line of the printed form.</summary>
    public string Summary
    {
        get
        {
            List<string> counts =
            [
                $"{Count(VerificationOutcome.Agrees)} OK",
                $"{Count(VerificationOutcome.Differs)} FAIL",
                .. Several(VerificationOutcome.NotInModel, "NOT IN MODEL"),
                .. Several(VerificationOutcome.Unknown, "UNKNOWN"),
                .. Several(VerificationOutcome.Informational, "INFO"),
            ];
            return $"{Lines.Length} recorded tensors: {string.Join(", ", counts)}. {Model} {(Succeeded ? "agrees" : "DOES NOT AGREE")} with {Recording}.";
        }
    }

    /// <summary>The lines in columns, the notes and the summary.</summary>
    public override string ToString() => ToText();

    /// <summary>The printed form.</summary>
    /// <param name="onlyOthers">Leaves out the lines that agree, and those that are no results.</param>
    public string ToText(bool onlyOthers = false)
    {
        VerificationLine[] shown = [.. Lines.Where(line => !onlyOthers || line.Outcome is not (VerificationOutcome.Agrees or VerificationOutcome.Informational))];
        var nameWidth = shown.Select(line => line.Name.Length).DefaultIfEmpty(0).Max();
        var wordWidth = shown.Select(line => line.Word.Length).DefaultIfEmpty(0).Max();
        return string.Join('\n', [.. shown.Select(line => line.ToText(nameWidth, wordWidth)), .. Notes, Summary]);
    }

    private IEnumerable<string> Several(VerificationOutcome outcome, string word) => Count(outcome) is > 0 and var count ? [$"{count} {word}"] : [];
}
