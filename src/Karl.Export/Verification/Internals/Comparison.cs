using System.Globalization;
using Karl.Tokenizers;

namespace Karl.Export.Verification.Internals;

/// <summary>Recorded values against the model's, into a line of the report.</summary>
internal static class Comparison
{
    /// <summary>Compares as the key's quantity is to be compared.</summary>
    /// <param name="key">What was recorded.</param>
    /// <param name="pair">Recorded values and the model's.</param>
    /// <param name="blocks">Transformer blocks that the values went through.</param>
    /// <param name="recording">How messages call the recording.</param>
    /// <exception cref="KarlFormatException">The shapes differ: the recording is of another model.</exception>
    public static VerificationLine Line(RecordedKey key, Comparable pair, int blocks, string recording)
    {
        var tolerance = key.View.Kind == RecordedViewKind.Statistics ? ParityTolerances.PixelStatistics : key.Quantity.Tolerance;
        return Line(key.Text, pair, key.Quantity.Tolerance == Tolerance.Exact ? Tolerance.Exact : tolerance.Through(blocks), recording);
    }

    /// <summary>Compares element by element; NaN agrees only with NaN, an infinity only with itself. A single number may be <c>[]</c> or <c>[1]</c>.</summary>
    /// <exception cref="KarlFormatException">The shapes differ: the recording is of another model.</exception>
    public static VerificationLine Line(string key, Comparable pair, Tolerance tolerance, string recording)
    {
        var (recorded, found, note) = pair;
        if (!HaveOneShape(recorded, found))
        {
            throw new KarlFormatException(
                $"Recording '{recording}': '{key}' is {recorded.ShapeText}; this model gives {found.ShapeText}. The recording belongs to another model: take the one that was made with this model's checkpoint.");
        }

        return tolerance == Tolerance.Exact ? Exact(key, recorded, found, note) : Close(key, recorded, found, tolerance.For(recorded), note);
    }

    /// <summary>Whether two can be compared element by element.</summary>
    public static bool HaveOneShape(Numbers recorded, Numbers found) => recorded.Shape.SequenceEqual(found.Shape) || (recorded.Values.Length == 1 && found.Values.Length == 1);

    private static VerificationLine Exact(string key, Numbers recorded, Numbers found, string note)
    {
        int[] different = [.. Enumerable.Range(0, recorded.Values.Length).Where(index => !recorded.Values[index].Equals(found.Values[index]))];
        return different.Length == 0
            ? new VerificationLine(key, VerificationOutcome.Agrees, 0, 0, note)
            : new VerificationLine(key, VerificationOutcome.Differs, different.Length, 0, Join(note, $"{different.Length} of {recorded.Values.Length} differ, first {Where(recorded, found, different[0])}"));
    }

    private static VerificationLine Close(string key, Numbers recorded, Numbers found, Func<int, double> allowedAt, string note)
    {
        var (worst, worstDifference, worstAllowed, worstRatio) = (-1, 0.0, 0.0, -1.0);
        for (var index = 0; index < recorded.Values.Length; index++)
        {
            var difference = Difference(recorded.Values[index], found.Values[index]);
            var allowed = allowedAt(index) is var limit && double.IsFinite(limit) ? limit : 0;
            var ratio = difference == 0 ? 0 : difference / allowed;
            if (ratio > worstRatio)
            {
                (worst, worstDifference, worstAllowed, worstRatio) = (index, difference, allowed, ratio);
            }
        }

        return worstDifference <= worstAllowed
            ? new VerificationLine(key, VerificationOutcome.Agrees, worstDifference, worstAllowed, note)
            : new VerificationLine(key, VerificationOutcome.Differs, worstDifference, worstAllowed, Join(note, Where(recorded, found, worst) + (note.Length > 0 ? ", counted in these" : string.Empty)));
    }

    private static double Difference(double recorded, double found)
    {
        if (recorded.Equals(found))
        {
            return 0;
        }

        var difference = Math.Abs(recorded - found);
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }

    private static string Where(Numbers recorded, Numbers found, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"at {recorded.Place(index)}: recorded {recorded.Values[index]:G9}, found {found.Values[index]:G9}");

    private static string Join(string first, string second) => first.Length == 0 ? second : $"{first}; {second}";
}
