namespace Karl.Graphs;

public sealed partial class Graph
{
    /// <summary>What the outputs need, in the graph's own order.</summary>
    /// <param name="valuesOnly">Without what is there for gradients alone.</param>
    internal NeededParts Needed(bool valuesOnly = false)
    {
        var needed = new HashSet<Tensor>(_outputs);
        var nodes = new List<Node>();
        for (var index = _nodes.Count - 1; index >= 0; index--)
        {
            var node = _nodes[index];
            if (!node.Outputs.Any(needed.Contains)) continue;
            nodes.Add(node);
            foreach (var input in valuesOnly ? node.ValueInputs : node.Inputs)
            {
                if (input is not null) needed.Add(input);
            }
        }
        nodes.Reverse();
        return new(nodes, [.. _parameters.Where(needed.Contains)], [.. _constants.Where(needed.Contains)]);
    }
}

/// <summary>The parts of a graph that its outputs need.</summary>
internal sealed record NeededParts(IReadOnlyList<Node> Nodes, IReadOnlyList<Tensor> Parameters, IReadOnlyList<Tensor> Constants);
