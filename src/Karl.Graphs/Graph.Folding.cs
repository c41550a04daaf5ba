using Karl.Graphs.Internals;

namespace Karl.Graphs;

/// <summary>A graph in which nothing is computed from weights alone, and how its new weights come from the old ones.</summary>
/// <param name="Graph">Gives the same outputs as the original.</param>
/// <param name="Recipes">
/// For each new weight, by name, the graph that computes it: its inputs are weights of the original under their own names, its one output has the new weight's name.
/// </param>
public sealed record FoldedGraph(Graph Graph, IReadOnlyDictionary<string, Graph> Recipes);

public sealed partial class Graph
{
    /// <summary>Turns every result that depends on weights and constants alone, and is needed by something that does not, into a weight of its own.</summary>
    public FoldedGraph Fold()
    {
        var needed = Needed();
        var dependsOnWeights = new HashSet<Tensor>();
        var isFixed = new HashSet<Tensor>(needed.Constants);
        foreach (var parameter in needed.Parameters)
        {
            isFixed.Add(parameter);
            dependsOnWeights.Add(parameter);
        }
        foreach (var node in needed.Nodes)
        {
            var inputs = node.Inputs.OfType<Tensor>().ToList();
            if (inputs.Count == 0 || !inputs.All(isFixed.Contains)) continue;
            isFixed.UnionWith(node.Outputs);
            if (inputs.Any(dependsOnWeights.Contains)) dependsOnWeights.UnionWith(node.Outputs);
        }

        bool IsFolded(Tensor tensor) => tensor.Kind == TensorKind.Result && isFixed.Contains(tensor) && dependsOnWeights.Contains(tensor);
        var graph = new Graph(Name);
        var copy = new GraphCopy(this, graph);
        foreach (var input in _inputs) _ = copy[input];
        var recipes = new Dictionary<string, Graph>(StringComparer.Ordinal);
        foreach (var node in needed.Nodes)
        {
            if (IsFolded(node.Outputs[0])) continue;
            foreach (var folded in node.Inputs.OfType<Tensor>().Where(IsFolded)) MakeWeight(folded);
            copy.Add(node);
        }
        foreach (var output in _outputs)
        {
            if (IsFolded(output)) MakeWeight(output);
            graph.Output(output.Name, copy[output]);
        }
        return new(graph, recipes);

        void MakeWeight(Tensor folded)
        {
            if (recipes.ContainsKey(folded.Name)) return;
            recipes.Add(folded.Name, Recipe(folded));
            copy.Bind(folded, graph.AddParameter(folded.Name, folded.Type, folded.Shape, null));
        }
    }

    /// <summary>The nodes that compute a tensor from weights, with the weights as inputs.</summary>
    private Graph Recipe(Tensor result)
    {
        var wanted = new HashSet<Tensor> { result };
        var nodes = new Stack<Node>();
        for (var index = _nodes.IndexOf(result.Producer!); index >= 0; index--)
        {
            if (!_nodes[index].Outputs.Any(wanted.Contains)) continue;
            nodes.Push(_nodes[index]);
            wanted.UnionWith(_nodes[index].Inputs.OfType<Tensor>());
        }
        var graph = new Graph(result.Name);
        var copy = new GraphCopy(this, graph);
        foreach (var parameter in wanted.Where(tensor => tensor.Kind == TensorKind.Parameter))
        {
            copy.Bind(parameter, parameter.Data is null ? graph.Input(parameter.Name, parameter.Type, [.. parameter.Shape]) : copy[parameter]);
        }
        foreach (var node in nodes) copy.Add(node);
        graph.Output(result.Name, copy[result]);
        return graph;
    }
}
