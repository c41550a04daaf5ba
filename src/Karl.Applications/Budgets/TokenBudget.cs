using System.Collections.Immutable;
using Karl.Applications.Budgets.Internals;

namespace Karl.Applications.Budgets;

/// <summary>Gives out a number of tokens to the images of a document, or the frames of a film, so that the worst or the mean error is least.</summary>
public static class TokenBudget
{
    /// <summary>Gives them out.</summary>
    /// <remarks>
    /// <see cref="BudgetGoal.Worst"/> finds the least error that all images can meet together, by halving the list of all errors that are possible; that error is exact.
    /// <see cref="BudgetGoal.Mean"/> goes down the convex hulls of the curves, always where a token gains most; on the hull that is exact, and away from it at most one step of one image is lost.
    /// What is left over then goes where it still gains most, and where nothing gains it is left.
    /// </remarks>
    /// <param name="curves">At least one image.</param>
    /// <param name="tokens">Tokens for all of them together.</param>
    /// <param name="goal">What is made small.</param>
    /// <exception cref="ArgumentException">There is no image, a curve cannot be, or the tokens are too few for the shortest length of each image.</exception>
    public static BudgetPlan Distribute(IReadOnlyList<ErrorCurve> curves, int tokens, BudgetGoal goal)
    {
        ArgumentNullException.ThrowIfNull(curves);
        if (curves.Count == 0)
        {
            throw new ArgumentException("There is no image to give tokens to.", nameof(curves));
        }

        ErrorCurve? wrong = curves.FirstOrDefault(curve => curve.Points.IsDefaultOrEmpty || curve.Points.Any(point => point.Tokens < 0 || double.IsNaN(point.Error))
            || curve.Points.Zip(curve.Points.Skip(1)).Any(pair => pair.First.Tokens >= pair.Second.Tokens));
        if (wrong is not null)
        {
            throw new ArgumentException($"The curve of '{wrong.Name}' is not ascending in tokens, or holds a number that is not one.", nameof(curves));
        }

        Staircase[] stairs = [.. curves.Select(curve => new Staircase(curve.Points))];
        long least = stairs.Sum(stair => (long)stair.Steps[0].Tokens);
        if (tokens < least)
        {
            throw new ArgumentException($"{tokens} tokens are too few for {curves.Count} images, whose shortest lengths take {least} together.", nameof(tokens));
        }

        int[] chosen = goal == BudgetGoal.Worst ? Giving.LeastWorst(stairs, tokens) : Giving.LeastMean(stairs, tokens);
        return new BudgetPlan(goal, tokens, Planned(curves, stairs, chosen), Planned(curves, stairs, Giving.Evenly(stairs, tokens)));
    }

    private static ImmutableArray<PlannedImage> Planned(IReadOnlyList<ErrorCurve> curves, Staircase[] stairs, int[] chosen) =>
        [.. curves.Select((curve, index) => new PlannedImage(curve.Name, stairs[index].Steps[chosen[index]].Tokens, stairs[index].Steps[chosen[index]].Error))];
}
