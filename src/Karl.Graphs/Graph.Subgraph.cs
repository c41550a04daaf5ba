using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Graph
{
    /// <summary>
    /// A new graph with just the nodes between some tensors: those of <paramref name="inputs"/> become its inputs and those
    /// of <paramref name="outputs"/> its outputs, under the names they have here. Weights and constants that it needs come
    /// along with their values (not copied). Every tensor keeps its name, so a tensor computed halfway can be an output without further nodes.
    /// </summary>
    /// <param name="inputs">What the caller will give. May be tensors of any kind, even ones that turn out not to be needed.</param>
    /// <param name="outputs">What the caller will get; at least one.</param>
    /// <param name="name">What the new graph is called; like this one where null.</param>
    /// <remarks>Lengths that this graph takes from a tensor that is cut off (<c>batch</c> from its image) are taken from the new inputs where these have them.</remarks>
    /// <exception cref="ArgumentException">A name is not in the graph or given twice, or something needed is an input of this graph that is not among <paramref name="inputs"/>.</exception>
    public Graph Subgraph(IEnumerable<string> inputs, IEnumerable<string> outputs, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        var given = inputs.Select(input => this[input]).ToList();
        var wanted = outputs.Select(output => this[output]).ToList();
        if (wanted.Count == 0) throw new ArgumentException($"A part of graph '{Name}' needs at least one output.");
        return new GraphCutter(this, new Graph(name ?? Name), given, wanted).Cut();
    }
}
