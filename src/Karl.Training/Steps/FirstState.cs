namespace Karl.Training.Steps;

/// <summary>The state that training begins with.</summary>
public static class FirstState
{
    /// <summary>Weights as given, averages the same, moments zero.</summary>
    /// <param name="step">The step whose state it is.</param>
    /// <param name="weight">The values of a weight, by name, in C order.</param>
    public static IReadOnlyDictionary<string, float[]> Of(TrainingStep step, Func<string, float[]> weight)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(weight);
        return step.State.ToDictionary(tensor => tensor.Name, Values, StringComparer.Ordinal);

        float[] Values(StateTensor tensor) =>
            tensor.IsMoment
                ? new float[tensor.Shape.ElementCount.Value]
                : weight(tensor.Name.StartsWith(StateTensor.Average, StringComparison.Ordinal) ? tensor.Name[StateTensor.Average.Length..] : tensor.Name);
    }
}
