using Karl.Graphs;

namespace Karl.Training.Steps.Internals;

/// <summary>What KARL's training makes less beyond what all families do: wrong decisions about tokens, each a single number.</summary>
internal static class KarlLosses
{
    /// <summary>How far tokens, all of which shall stay, are from it: the mean of -log(1 - probability).</summary>
    /// <param name="haltingLogits"><c>[batch, tokens]</c>.</param>
    public static Tensor Keep(Tensor haltingLogits) => SoftPlus(haltingLogits).ReduceMean([0]).ReduceMean();

    /// <summary>How far the tokens within a budget are from staying, and those beyond it from halting, each a mean over its tokens; 0 where there are none.</summary>
    /// <param name="haltingLogits"><c>[batch, tokens]</c>.</param>
    /// <param name="budget">int64 <c>[1]</c>.</param>
    public static (Tensor Keep, Tensor Halt) KeepAndHalt(Tensor haltingLogits, Tensor budget)
    {
        var (within, beyond) = Parts(haltingLogits, budget);
        return (MeanOfCounted(SoftPlus(haltingLogits).ReduceMean([0]), within), MeanOfCounted(SoftPlus(-haltingLogits).ReduceMean([0]), beyond));
    }

    /// <summary>
    /// The same where a budget says something of one side only: the tokens beyond it shall halt for images that it does for, and those within shall stay for the others. Every token counts
    /// as much as every other, however many there are on its side: so each learns how often it is needed. Means over each side would count one of the first tokens ten times as much
    /// when it shall stay as when it shall halt, and one of the last the other way round.
    /// </summary>
    /// <param name="haltingLogits"><c>[batch, tokens]</c>.</param>
    /// <param name="budget">int64 <c>[1]</c>.</param>
    /// <param name="does">1 where the budget does for what is asked, 0 elsewhere, <c>[batch, 1]</c>.</param>
    public static (Tensor Keep, Tensor Halt) KeepOrHalt(Tensor haltingLogits, Tensor budget, Tensor does)
    {
        var (within, beyond) = Parts(haltingLogits, budget);
        return (Share(SoftPlus(haltingLogits) * (within * (1 - does))), Share(SoftPlus(-haltingLogits) * (beyond * does)));

        // Of half of all, since about half of them count: as strong as two means over all that count.
        static Tensor Share(Tensor losses) => losses.ReduceMean([1]).ReduceMean() * 2;
    }

    /// <summary>1 for the tokens within a budget, and 1 for those beyond it, float32 <c>[tokens]</c>.</summary>
    private static (Tensor Within, Tensor Beyond) Parts(Tensor haltingLogits, Tensor budget)
    {
        var within = haltingLogits.Graph.Range(haltingLogits.Shape[1]).Less(budget).Cast(ElementType.Float32);
        return (within, 1 - within);
    }

    private static Tensor MeanOfCounted(Tensor losses, Tensor counted) => (losses * counted).ReduceSum() / counted.ReduceSum().Max(1);

    /// <summary>log(1 + e^x), exact for large x too; its gradient at 0 is 1/2.</summary>
    private static Tensor SoftPlus(Tensor x)
    {
        var size = x.Abs();
        return (x + size) * 0.5 + (1 + (-size).Exp()).Log();
    }
}
