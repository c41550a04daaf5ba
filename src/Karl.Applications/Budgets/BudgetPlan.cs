using System.Collections.Immutable;

namespace Karl.Applications.Budgets;

/// <summary>What is made small.</summary>
public enum BudgetGoal
{
    /// <summary>The error of the image that comes back worst.</summary>
    Worst,

    /// <summary>The mean error of all images.</summary>
    Mean,
}

/// <summary>How many tokens each image gets.</summary>
/// <param name="Goal">What was made small.</param>
/// <param name="Budget">Tokens that there were.</param>
/// <param name="Images">One for each curve, in their order.</param>
/// <param name="Even">The same tokens given to all images alike, as far as they go, for comparison.</param>
public sealed record BudgetPlan(BudgetGoal Goal, int Budget, ImmutableArray<PlannedImage> Images, ImmutableArray<PlannedImage> Even)
{
    /// <summary>Tokens that are given out.</summary>
    public int Spent => Images.Sum(image => image.Tokens);

    /// <summary>The largest error.</summary>
    public double WorstError => Images.Max(image => image.Error);

    /// <summary>The mean error.</summary>
    public double MeanError => Images.Average(image => image.Error);
}

/// <summary>One image in a plan.</summary>
/// <param name="Name">The image.</param>
/// <param name="Tokens">Tokens that it gets.</param>
/// <param name="Error">The error that it has with them.</param>
public sealed record PlannedImage(string Name, int Tokens, double Error);
