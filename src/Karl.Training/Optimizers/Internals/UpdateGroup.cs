using Karl.Graphs;
using Karl.Training.Steps;

namespace Karl.Training.Optimizers.Internals;

/// <summary>
/// Weights that are updated by the same nodes: a single one, or many one-dimensional ones joined to a row. Of small networks' weights two in three are
/// one-dimensional, and sixteen nodes for each cost more than what they compute.
/// </summary>
internal sealed class UpdateGroup(IReadOnlyList<TrainedWeight> weights)
{
    /// <summary>A graph knows the lengths of so many parts.</summary>
    private const int MostParts = 64;

    /// <summary>Puts weights into groups.</summary>
    public static IEnumerable<UpdateGroup> Of(IReadOnlyList<TrainedWeight> weights) =>
    [
        .. weights.Where(weight => weight.Weight.Rank == 1).Chunk(MostParts).Select(rows => new UpdateGroup(rows)),
        .. weights.Where(weight => weight.Weight.Rank != 1).Select(single => new UpdateGroup([single])),
    ];

    /// <summary>Adds the update and its outputs.</summary>
    public void Update(UpdateFactors factors)
    {
        var gradient = Joined(weight => weight.Gradient);
        var first = Joined(weight => weight.FirstMoment) * factors.FirstDecay + gradient * factors.NewFirst;
        var second = Joined(weight => weight.SecondMoment) * factors.SecondDecay + gradient * gradient * factors.NewSecond;
        var before = Joined(weight => weight.Weight);
        if (factors.Kept is not null && AdamW.Decays(weights[0].Weight)) before *= factors.Kept;
        var after = before - first / (second.Sqrt() + factors.Epsilon) * factors.Rate;
        Give(string.Empty, after);
        Give(StateTensor.FirstMoment, first);
        Give(StateTensor.SecondMoment, second);
        if (factors.ToAverage is null) return;
        var average = Joined(weight => weight.Average!);
        Give(StateTensor.Average, average + (after - average) * factors.ToAverage);
    }

    private Tensor Joined(Func<TrainedWeight, Tensor> part) => weights.Count == 1 ? part(weights[0]) : Tensor.Concat(0, [.. weights.Select(part)]);

    private void Give(string prefix, Tensor next)
    {
        var parts = weights.Count == 1 ? [next] : next.Split(0, [.. weights.Select(weight => weight.Weight.Shape[0].Value)]);
        foreach (var (weight, part) in weights.Zip(parts)) next.Graph.Output(TrainingStep.NextPrefix + prefix + weight.Weight.Name, part);
    }
}
