using Karl.Graphs;

namespace Karl.Training.Steps.Internals;

/// <summary>What KARL's training makes less beyond what all families do: wrong decisions about tokens, each a single number.</summary>
internal static class KarlLosses
{
    /// <summary>How far tokens, all of which shall stay, are from it: the mean of -log(1 - probability).</summary>
    /// <param name="haltingLogits"><c>[batch, tokens]</c>.</param>
    /// <param name="reaches">1 for images that do not count, since fewer tokens might do for them; <c>[batch, 1]</c>, or null where all count.</param>
    public static Tensor Keep(Tensor haltingLogits, Tensor? reaches = null)
    {
        var losses = SoftPlus(haltingLogits);
        return reaches is null ? losses.ReduceMean([0]).ReduceMean() : MeanOfCounted(losses.ReduceMean([1], keepDimensions: true), 1 - reaches);
    }

    /// <summary>How far the tokens within a budget are from staying, and those beyond it from halting, each a mean over its tokens; 0 where there are none.</summary>
    /// <param name="haltingLogits"><c>[batch, tokens]</c>.</param>
    /// <param name="budget">int64 <c>[1]</c>.</param>
    /// <param name="reaches">
    /// 1 where the budget reaches what is asked, so that only tokens beyond it count, and 0 where it does not, so that only those within count; <c>[batch, 1]</c>. Null counts both.
    /// </param>
    public static (Tensor Keep, Tensor Halt) KeepAndHalt(Tensor haltingLogits, Tensor budget, Tensor? reaches = null)
    {
        var within = haltingLogits.Graph.Range(haltingLogits.Shape[1]).Less(budget).Cast(ElementType.Float32);      // [tokens]
        var beyond = 1 - within;
        var (keep, halt) = (SoftPlus(haltingLogits), SoftPlus(-haltingLogits));
        return reaches is null
            ? (MeanOfCounted(keep.ReduceMean([0]), within), MeanOfCounted(halt.ReduceMean([0]), beyond))
            : (MeanOfCounted(keep, within * (1 - reaches)), MeanOfCounted(halt, beyond * reaches));
    }

    private static Tensor MeanOfCounted(Tensor losses, Tensor counted) => (losses * counted).ReduceSum() / counted.ReduceSum().Max(1);

    /// <summary>log(1 + e^x), exact for large x too; its gradient at 0 is 1/2.</summary>
    private static Tensor SoftPlus(Tensor x)
    {
        var size = x.Abs();
        return (x + size) * 0.5 + (1 + (-size).Exp()).Log();
    }
}
