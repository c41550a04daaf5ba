using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Graph
{
    /// <summary>
    /// Adds a node and returns its outputs. The methods of <see cref="Tensor"/> are the way to write networks;
    /// this is for what handles any operator: readers, rewriting, gradients.
    /// </summary>
    /// <param name="operator">What the node does.</param>
    /// <param name="inputs">What goes in, in the ONNX operator's order; null where an optional input is left out.</param>
    /// <param name="attributes">Settings under the ONNX operator's names; none where null.</param>
    /// <exception cref="ArgumentException">Shapes or types do not fit.</exception>
    public IReadOnlyList<Tensor> Apply(Operator @operator, IReadOnlyList<Tensor?> inputs, Attributes? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Apply(@operator, inputs, attributes, [], $"{@operator} at '{_names.Here}'");
    }

    internal Tensor Apply1(Operator @operator, Attributes? attributes, params Tensor?[] inputs) => Apply(@operator, inputs, attributes)[0];

    /// <summary>Adds a node whose outputs have names already; an automatic one where a name is null or left out.</summary>
    internal IReadOnlyList<Tensor> Apply(Operator @operator, IReadOnlyList<Tensor?> inputs, Attributes? attributes, IReadOnlyList<string?> names, string place)
    {
        foreach (var input in inputs)
        {
            if (input is not null) Own(input, place);
        }
        var node = new Node(@operator, [.. inputs], attributes ?? Attributes.None);
        var results = ShapeRules.Infer(new NodeDraft(node, place));
        if (names.Count > results.Length) throw new ArgumentException($"{place}: {names.Count} outputs are named ({string.Join(", ", names)}); the operator gives {results.Length} here.");
        node.Outputs = [.. results.Select((result, index) => Register(new Tensor(this, names.ElementAtOrDefault(index) ?? _names.NextResult(@operator), TensorKind.Result, result.Type, result.Shape)
        {
            Producer = node,
            Lengths = result.Lengths,
            HasAutomaticName = names.ElementAtOrDefault(index) is null,
        }))];
        _nodes.Add(node);
        return node.Outputs;
    }
}
