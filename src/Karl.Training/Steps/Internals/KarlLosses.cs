using Karl.Graphs;

namespace Karl.Training.Steps.Internals;

/// <summary>What KARL's training makes less beyond what all families do: wrong decisions about tokens, each a single number.</summary>
internal static class KarlLosses
{
    /// <summary>How far what a budget tells reaches, as a share of the budget.</summary>
    private const double NearShare = 0.25;

    /// <summary>How far tokens, all of which shall stay, are from it: the mean of -log(1 - probability).</summary>
    /// <param name="haltingLogits"><c>[batch, tokens]</c>.</param>
    public static Tensor Keep(Tensor haltingLogits) => SoftPlus(haltingLogits).ReduceMean([0]).ReduceMean();

    /// <summary>How far the tokens within a budget are from staying, and those beyond it from halting, each a mean over its tokens; 0 where there are none.</summary>
    /// <param name="haltingLogits"><c>[batch, tokens]</c>.</param>
    /// <param name="budget">int64 <c>[1]</c>.</param>
    public static (Tensor Keep, Tensor Halt) KeepAndHalt(Tensor haltingLogits, Tensor budget)
    {
        var within = haltingLogits.Graph.Range(haltingLogits.Shape[1]).Less(budget).Cast(ElementType.Float32);      // [tokens]
        var beyond = 1 - within;
        return (MeanOfCounted(SoftPlus(haltingLogits).ReduceMean([0]), within), MeanOfCounted(SoftPlus(-haltingLogits).ReduceMean([0]), beyond));
    }

    /// <summary>
    /// The same where a budget says something of one side only: for images that it does for, it and what is beyond it shall halt; for others, it and what is within shall stay. What is
    /// told to a token counts the less the further away from the budget it is, so that each learns how probable it is that fewer tokens do; the first shall always stay. Were the first tokens told as much by large
    /// budgets, their probabilities would be those of means, not of how often; and means over each side, as published, tell few tokens more strongly than many.
    /// </summary>
    /// <param name="haltingLogits"><c>[batch, tokens]</c>.</param>
    /// <param name="budget">int64 <c>[1]</c>.</param>
    /// <param name="does">1 where the budget does for what is asked, 0 elsewhere, <c>[batch, 1]</c>.</param>
    public static (Tensor Keep, Tensor Halt) KeepOrHalt(Tensor haltingLogits, Tensor budget, Tensor does)
    {
        var graph = haltingLogits.Graph;
        var number = budget.Cast(ElementType.Float32);
        var beyond = graph.Range(haltingLogits.Shape[1]).Cast(ElementType.Float32) - number;        // [tokens], 0 at the first token that the budget has not
        var reach = 1 + number * NearShare;
        var weight = (-(beyond.Abs() / reach)).Exp() / reach;                                       // adds up to about 1 on each side
        var (isWithin, isBeyond) = (beyond.LessOrEqual(graph.Scalar(0)).Cast(ElementType.Float32), beyond.GreaterOrEqual(graph.Scalar(0)).Cast(ElementType.Float32));
        var (keep, halt) = (SoftPlus(haltingLogits), SoftPlus(-haltingLogits));
        var first = keep.Slice(1, 0, 1).ReduceMean();       // no budget is less than one token, so that none would tell the first anything where one token does
        return (Told(keep * (weight * isWithin), 1 - does) + first, Told(halt * (weight * isBeyond), does));

        static Tensor Told(Tensor losses, Tensor counted) => (losses.ReduceSum([1], keepDimensions: true) * counted).ReduceMean();
    }

    private static Tensor MeanOfCounted(Tensor losses, Tensor counted) => (losses * counted).ReduceSum() / counted.ReduceSum().Max(1);

    /// <summary>log(1 + e^x), exact for large x too; its gradient at 0 is 1/2.</summary>
    private static Tensor SoftPlus(Tensor x)
    {
        var size = x.Abs();
        return (x + size) * 0.5 + (1 + (-size).Exp()).Log();
    }
}
