using Karl.Graphs;
using Karl.Training.Optimizers;
using Karl.Training.Steps;

namespace Karl.Training.Running.Internals;

/// <summary>A step in two graphs: gradients of a part of the batch, and the update by the mean of all parts' gradients.</summary>
internal sealed class ReplicatedStep
{
    private static readonly string[] OptimizerInputs = [AdamW.LearningRate, AdamW.Step];

    /// <summary>Cuts a step in two.</summary>
    public ReplicatedStep(TrainingStep step, int replicas)
    {
        var state = step.State.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        string[] given = [.. step.Graph.Inputs.Select(input => input.Name).Where(name => !OptimizerInputs.Contains(name))];
        string[] next = [.. state.Select(name => TrainingStep.NextPrefix + name)];
        string[] reported = [.. step.Graph.Outputs.Select(output => output.Name).Where(name => name != AdamW.GradientNorm && !next.Contains(name))];
        Weights = [.. step.State.Where(tensor => tensor.IsWeight).Select(tensor => tensor.Name)];
        Data = [.. given.Where(name => !state.Contains(name))];
        Reported = reported;
        Gradient = step.Graph.Subgraph([.. Data, .. Weights], [.. reported, .. step.Gradients], step.Graph.Name + "-gradient");
        Update = Averaging(step.Graph.Subgraph([.. OptimizerInputs, .. state, .. step.Gradients], [.. next, AdamW.GradientNorm]), step, replicas);
    }

    /// <summary>From <see cref="Data"/> and <see cref="Weights"/> to <see cref="Reported"/> and the step's gradients.</summary>
    public Graph Gradient { get; }

    /// <summary>From the state, the optimizer's numbers and all replicas' gradients, named by <see cref="InputOf"/>, to the next state.</summary>
    public Graph Update { get; }

    /// <summary>What a part is given of its own or shares with the others.</summary>
    public IReadOnlyList<string> Data { get; }

    /// <summary>The weights among the state.</summary>
    public IReadOnlyList<string> Weights { get; }

    /// <summary>What a part gives beside gradients.</summary>
    public IReadOnlyList<string> Reported { get; }

    /// <summary>What the update calls a replica's gradient.</summary>
    public static string InputOf(int replica, string gradient) => $"replicas.{replica}.{gradient}";

    private static Graph Averaging(Graph update, TrainingStep step, int replicas)
    {
        Graph graph = new(step.Graph.Name + "-update");
        Dictionary<string, Tensor> inputs = new(StringComparer.Ordinal);
        foreach (var input in update.Inputs)
        {
            if (!step.Gradients.Contains(input.Name))
            {
                inputs[input.Name] = graph.Input(input.Name, input.Type, [.. input.Shape]);
                continue;
            }

            var sum = Enumerable.Range(0, replicas).Select(replica => graph.Input(InputOf(replica, input.Name), input.Type, [.. input.Shape])).Aggregate((left, right) => left + right);
            inputs[input.Name] = sum * (1.0 / replicas);
        }

        foreach (var (name, tensor) in graph.Insert(update, inputs)) graph.Output(name, tensor);
        return graph;
    }
}
