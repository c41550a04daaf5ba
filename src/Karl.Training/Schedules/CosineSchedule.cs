namespace Karl.Training.Schedules;

/// <summary>A learning rate that rises linearly, then falls along half a cosine to zero, as published.</summary>
/// <param name="Peak">The highest rate.</param>
/// <param name="WarmupSteps">Steps until the peak.</param>
/// <param name="Steps">Steps in all.</param>
public sealed record CosineSchedule(double Peak, int WarmupSteps, int Steps)
{
    /// <summary>The rate of a step, counted from 0; above zero also in the first and last one.</summary>
    public double At(int step)
    {
        if (step < WarmupSteps) return Peak * (step + 1) / WarmupSteps;
        var progress = (double)(step - WarmupSteps) / Math.Max(1, Steps - WarmupSteps);
        return Peak * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, progress)));
    }
}
