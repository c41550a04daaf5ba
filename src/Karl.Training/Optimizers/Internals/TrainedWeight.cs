using Karl.Graphs;
using Karl.Training.Steps;

namespace Karl.Training.Optimizers.Internals;

/// <summary>A weight with its gradient and the inputs that belong to it.</summary>
internal sealed class TrainedWeight(Tensor weight, Tensor gradient, bool hasAverage)
{
    public Tensor Weight => weight;

    public Tensor Gradient => gradient;

    public Tensor FirstMoment { get; } = Input(StateTensor.FirstMoment, weight);

    public Tensor SecondMoment { get; } = Input(StateTensor.SecondMoment, weight);

    public Tensor? Average { get; } = hasAverage ? Input(StateTensor.Average, weight) : null;

    private static Tensor Input(string prefix, Tensor weight) => weight.Graph.Input(prefix + weight.Name, weight.Type, [.. weight.Shape]);
}
