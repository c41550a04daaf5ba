using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Graph
{
    /// <summary>The same graph with chosen float32 weights stored as another floating-point type and cast back where they are used.</summary>
    /// <param name="type">What they are stored as.</param>
    /// <param name="isStored">Which weights.</param>
    public Graph StoreAs(ElementType type, Func<Tensor, bool> isStored)
    {
        ArgumentNullException.ThrowIfNull(isStored);
        if (!type.IsFloating()) throw new ArgumentException($"Weights cannot be stored as {type.Word()} and cast back; wanted a floating-point type.");
        return WithOtherWeights((graph, parameter) => parameter.Type == ElementType.Float32 && isStored(parameter)
            ? graph.Parameter(parameter.Name, type, [.. parameter.Shape]).Cast(parameter.Type)
            : null);
    }

    /// <summary>The same graph with every weight an input of its name, after the inputs that there are: for training, where weights change from run to run.</summary>
    public Graph WithWeightsAsInputs() => WithWeightsAsInputs(new WeightDictionary(), _ => false);

    /// <summary>The same graph with weights that change from run to run as inputs of their names, after the inputs that there are, and all others with their values.</summary>
    /// <param name="values">Where the values of those that do not change come from.</param>
    /// <param name="isFixed">Which do not change.</param>
    public Graph WithWeightsAsInputs(IWeightSource values, Func<Tensor, bool> isFixed)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(isFixed);
        return WithOtherWeights((graph, parameter) => isFixed(parameter)
            ? graph.AddParameter(parameter.Name, parameter.Type, parameter.Shape, Fitting(parameter, values.Get(parameter.Name)))
            : graph.Input(parameter.Name, parameter.Type, [.. parameter.Shape]));
    }

    /// <summary>The same graph with something else in place of weights that came without values; as they are where that is null.</summary>
    private Graph WithOtherWeights(Func<Graph, Tensor, Tensor?> other)
    {
        var graph = new Graph(Name);
        var copy = new GraphCopy(this, graph);
        foreach (var input in _inputs) _ = copy[input];
        foreach (var parameter in _parameters.Where(parameter => parameter.Data is null))
        {
            if (other(graph, parameter) is { } replacement) copy.Bind(parameter, replacement);
        }
        foreach (var node in Needed().Nodes) copy.Add(node);
        foreach (var output in _outputs) graph.Output(output.Name, copy[output]);
        return graph;
    }

    private static TensorData Fitting(Tensor parameter, TensorData data) => data.Type == parameter.Type && Shape.Of(data.Shape).Equals(parameter.Shape)
        ? data
        : throw new ArgumentException($"The values of weight '{parameter.Name}' are {data.Type.Word()} {Shape.Of(data.Shape)}; {parameter.Type.Word()} {parameter.Shape} is wanted.");
}
