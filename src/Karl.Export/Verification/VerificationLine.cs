using System.Globalization;

namespace Karl.Export.Verification;

/// <summary>One recorded tensor and how the model compares.</summary>
/// <param name="Name">Its key in the recording, such as <c>img0.b32.q0.05.halt_logit</c>.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="LargestDifference">
/// The absolute difference of the element that comes closest to its limit or exceeds it most; where everything must be the same, how many elements
/// are not. Null where nothing was compared.
/// </param>
/// <param name="Allowed">The limit of that element; null where nothing was compared.</param>
/// <param name="Note">What else is to be known, or empty: where and how it differs, or which part was compared.</param>
public sealed record VerificationLine(string Name, VerificationOutcome Outcome, double? LargestDifference = null, double? Allowed = null, string Note = "")
{
    /// <summary>Whether the verification fails because of it.</summary>
    public bool IsFailure => Outcome is VerificationOutcome.Differs or VerificationOutcome.Unknown;

    /// <summary>The word for the outcome in reports.</summary>
    public string Word => Outcome switch
    {
        VerificationOutcome.Agrees => "OK",
        VerificationOutcome.Differs => "FAIL",
        VerificationOutcome.NotInModel => "NOT IN MODEL",
        VerificationOutcome.Unknown => "UNKNOWN",
        _ => "INFO",
    };

    /// <summary>One line: <c>img0.halt_logit  OK  difference 9.42E-06  allowed 2.5E-05</c>.</summary>
    public override string ToString() => ToText(0, 0);

    /// <summary>The same in columns.</summary>
    internal string ToText(int nameWidth, int wordWidth)
    {
        var numbers = LargestDifference is double difference && Allowed is double allowed
            ? string.Create(CultureInfo.InvariantCulture, $"  difference {difference,-8:G3}  allowed {allowed,-8:G3}")
            : string.Empty;
        return $"{Name.PadRight(nameWidth)}  {Word.PadRight(wordWidth)}{numbers}  {Note}".TrimEnd();
    }
}
