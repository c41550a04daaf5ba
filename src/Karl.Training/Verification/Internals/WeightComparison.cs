using Karl.Export.Verification;
using Karl.Export.Verification.Internals;
using Karl.Training.Optimizers;

namespace Karl.Training.Verification.Internals;

/// <summary>What was recorded of single weights: gradients, whole or in part, and changes by the optimizer.</summary>
internal sealed class WeightComparison(RecordedStep step, StepRecording recording)
{
    private static readonly double Epsilon = new AdamWOptions().Epsilon;

    /// <summary>Compares one recorded tensor of a weight.</summary>
    /// <param name="key">The whole key.</param>
    /// <param name="kind">What stands before the weight's name.</param>
    /// <param name="published">The weight's published name.</param>
    public VerificationLine Line(string key, string kind, string published)
    {
        if (step.Find(published) is not { } weight) return new(key, VerificationOutcome.Differs, Note: $"the step trains no weight '{published}'");
        return kind.StartsWith("grad", StringComparison.Ordinal) ? Gradient(key, kind, weight, published) : Change(key, kind, weight, published);
    }

    /// <summary>All gradients are held against the length of the weight's whole gradient, as vectors: the length of the difference.</summary>
    private VerificationLine Gradient(string key, string kind, string weight, string published)
    {
        var gradient = step.Gradient(weight);
        var norm = recording.Read("grad_norm." + published).Values[0];
        var recorded = recording.Read(key);
        var found = kind switch
        {
            "grad" => new(Widened(gradient), step.ShapeOf(weight)),
            "grad_norm" => new([Length(gradient)], []),
            "grad_sum" => new([Sum(gradient)], []),
            "grad_first1024" => Numbers.Row(Widened(gradient[..Math.Min(1024, gradient.Length)])),
            "grad_last1024" => Numbers.Row(Widened(gradient[^Math.Min(1024, gradient.Length)..])),
            _ => SliceLengths(gradient, step.ShapeOf(weight)[0]),
        };
        if (!Comparison.HaveOneShape(recorded, found)) return Comparison.Line(key, new(recorded, found), Tolerance.Exact, recording.Name);
        var distance = Math.Sqrt(recorded.Values.Zip(found.Values, (left, right) => (left - right) * (left - right)).Sum());
        var allowed = StepTolerances.Gradient * norm;
        var agrees = distance <= allowed;
        var note = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(norm > 0 ? distance / norm : distance):G2} of the gradient");
        return new(key, agrees ? VerificationOutcome.Agrees : VerificationOutcome.Differs, double.IsNaN(distance) ? double.PositiveInfinity : distance, allowed, note);
    }

    /// <summary>
    /// At the first step every weight moves by the learning rate, whichever way its gradient points. Where the gradient is nearly nothing the way is noise,
    /// in the original too: such elements are left out, or, in the length of all changes, counted with their noise. A gradient of exactly nothing is clear in tables
    /// of which rows are unused, and no more than noise that happens to be nothing elsewhere.
    /// </summary>
    private VerificationLine Change(string key, string kind, string weight, string published)
    {
        var recorded = recording.Read(key);
        var (gradient, before, after) = (step.Gradient(weight).ToArray(), step.Before(weight).ToArray(), step.After(weight).ToArray());
        var changes = before.Zip(after, (left, right) => (double)right - left).ToArray();
        var factor = step.ClippingFactor.Values[0];
        var hasUnusedRows = step.ShapeOf(weight).Length > 1;
        bool IsClear(int index) => (hasUnusedRows && gradient[index] == 0) || Math.Abs(gradient[index] * factor) > StepTolerances.SmallestClearGradient;
        var gradientNoise = Noise("noise.grad_max_abs." + published) * factor;
        double Allowed(int index) => StepTolerances.WeightRounding * Math.Abs(before[index]) + StepTolerances.Change * Math.Abs(changes[index])
            + RecordedStep.LearningRate * Epsilon / Math.Pow(Math.Abs(gradient[index] * factor) + Epsilon, 2) * gradientNoise;
        if (kind == "opt.change_norm")
        {
            var noise = Noise("noise.change_max_abs." + published);
            var allowed = Math.Sqrt(Enumerable.Range(0, before.Length).Sum(index => Math.Pow(IsClear(index) ? Allowed(index) : Math.Abs(changes[index]) + noise, 2)));
            return Comparison.Line(key, new(recorded, new([Math.Sqrt(changes.Sum(change => change * change))], [])), Tolerance.Absolute(allowed), recording.Name);
        }
        var count = Math.Min(256, changes.Length);
        var found = Numbers.Row(changes[..count]);
        if (!Comparison.HaveOneShape(recorded, found)) return Comparison.Line(key, new(recorded, found), Tolerance.Exact, recording.Name);
        int[] clear = [.. Enumerable.Range(0, count).Where(IsClear)];
        var note = clear.Length == count ? string.Empty : $"{clear.Length} of {count}: the other gradients are too small to say which way";
        return Comparison.Line(key, new(recorded.Rows(clear), found.Rows(clear), note), Tolerance.Each(index => Allowed(clear[index])), recording.Name);
    }

    /// <summary>What may be added to a tolerance for a recorded noise; nothing where none is recorded.</summary>
    private double Noise(string key) => recording.Has(key) ? StepTolerances.NoiseFactor * recording.Read(key).Values[0] : 0;

    private static double[] Widened(ReadOnlySpan<float> numbers)
    {
        var values = new double[numbers.Length];
        for (var index = 0; index < values.Length; index++) values[index] = numbers[index];
        return values;
    }

    private static double Length(ReadOnlySpan<float> numbers)
    {
        var sum = 0.0;
        foreach (var number in numbers) sum += (double)number * number;
        return Math.Sqrt(sum);
    }

    private static double Sum(ReadOnlySpan<float> numbers)
    {
        var sum = 0.0;
        foreach (var number in numbers) sum += number;
        return sum;
    }

    private static Numbers SliceLengths(ReadOnlySpan<float> gradient, long count)
    {
        var lengths = new double[count];
        var slice = gradient.Length / (int)count;
        for (var index = 0; index < lengths.Length; index++) lengths[index] = Length(gradient.Slice(index * slice, slice));
        return Numbers.Row(lengths);
    }
}
