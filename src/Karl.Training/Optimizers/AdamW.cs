using Karl.Graphs;
using Karl.Training.Optimizers.Internals;
using Karl.Training.Steps;

namespace Karl.Training.Optimizers;

/// <summary>
/// Adam with decoupled weight decay (arXiv 1711.05101) as nodes of a graph, after the gradients that it follows.
/// Adds the inputs <see cref="LearningRate"/> and <see cref="Step"/>, inputs for the moments and averages of every weight, and outputs for the next state.
/// </summary>
public static class AdamW
{
    /// <summary>Name of an input, a single float32 number: how far a step goes.</summary>
    public const string LearningRate = "learning_rate";

    /// <summary>Name of an input, a single float32 number: 1 at the first step, 2 at the second ...</summary>
    public const string Step = "step";

    /// <summary>Name of an output, a single float32 number: the length of all gradients together before they are clipped.</summary>
    public const string GradientNorm = "gradient_norm";

    /// <summary>What stands before the name of a weight to make that of its gradient.</summary>
    public const string GradientPrefix = "gradient.of.";

    /// <summary>Adds gradients and update.</summary>
    /// <param name="graph">The graph; afterwards <see cref="Graph.WithWeightsAsInputs()"/> makes a step of it.</param>
    /// <param name="loss">A single number of the graph, which shall become less.</param>
    /// <param name="parameters">The weights to be trained, of the graph's parameters. Those that the loss does not depend on still decay.</param>
    /// <param name="options">Numbers of the optimizer.</param>
    /// <exception cref="ArgumentException">The numbers cannot be used, or there is nothing to train.</exception>
    /// <exception cref="NotSupportedException">Something between loss and weights has no gradient.</exception>
    public static AdamWUpdate Apply(Graph graph, Tensor loss, IReadOnlyList<Tensor> parameters, AdamWOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(parameters);
        options ??= new AdamWOptions();
        options.Validate();
        if (parameters.Count == 0) throw new ArgumentException($"Graph '{graph.Name}' has nothing to train: no weights were given.", nameof(parameters));
        Tensor[] gradients = [.. graph.Gradients(loss, parameters).Zip(parameters, (gradient, weight) => Named(gradient, GradientPrefix + weight.Name))];
        using (graph.Scope("optimizer"))
        {
            var norm = GradientLength.Of(gradients);
            var clipping = options.LargestGradientNorm is { } largest ? (largest / (norm + 1e-6)).Min(1) : null;
            var factors = new UpdateFactors(graph, options, clipping);
            var weights = parameters.Zip(gradients, (weight, gradient) => new TrainedWeight(weight, gradient, options.AverageDecay is not null)).ToList();
            foreach (var group in UpdateGroup.Of(weights)) group.Update(factors);
            graph.Output(GradientNorm, norm);
            return new(State(parameters, options), gradients, norm, clipping);
        }
    }

    /// <summary>Whether a weight decays: it has more than one axis and is no bias.</summary>
    internal static bool Decays(Tensor weight) => weight.Rank != 1 && !weight.Name.EndsWith(".bias", StringComparison.Ordinal);

    /// <summary>Names what nothing else has named; what is no result, such as zeros for a weight that the loss does not depend on, becomes one.</summary>
    private static Tensor Named(Tensor gradient, string name) => (gradient.Producer is null ? gradient.Identity() : gradient).Named(name);

    private static StateTensor[] State(IReadOnlyList<Tensor> parameters, AdamWOptions options)
    {
        string[] prefixes = [string.Empty, StateTensor.FirstMoment, StateTensor.SecondMoment, .. options.AverageDecay is null ? [] : (string[])[StateTensor.Average]];
        return [.. prefixes.SelectMany(prefix => parameters.Select(parameter => new StateTensor(prefix + parameter.Name, parameter.Shape)))];
    }
}
