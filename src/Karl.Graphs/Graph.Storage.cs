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
        var graph = new Graph(Name);
        var copy = new GraphCopy(this, graph);
        foreach (var parameter in _parameters.Where(parameter => parameter is { Type: ElementType.Float32, Data: null } && isStored(parameter)))
        {
            copy.Bind(parameter, graph.Parameter(parameter.Name, type, [.. parameter.Shape]).Cast(parameter.Type));
        }
        foreach (var input in _inputs) _ = copy[input];
        foreach (var node in Needed().Nodes) copy.Add(node);
        foreach (var output in _outputs) graph.Output(output.Name, copy[output]);
        return graph;
    }

    /// <summary>The same graph with every weight an input of its name, after the inputs that there are: for training, where weights change from run to run.</summary>
    public Graph WithWeightsAsInputs()
    {
        var graph = new Graph(Name);
        var copy = new GraphCopy(this, graph);
        foreach (var input in _inputs) _ = copy[input];
        foreach (var parameter in _parameters.Where(parameter => parameter.Data is null)) copy.Bind(parameter, graph.Input(parameter.Name, parameter.Type, [.. parameter.Shape]));
        foreach (var node in Needed().Nodes) copy.Add(node);
        foreach (var output in _outputs) graph.Output(output.Name, copy[output]);
        return graph;
    }
}
