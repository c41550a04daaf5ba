namespace Karl.Graphs;

public sealed partial class Graph
{
    /// <summary>
    /// Adds what another graph computes to this one, under the current scope: its nodes again, its weights with their values (once, however often it is added), its
    /// constants. Shapes are found anew from the inputs given here.
    /// </summary>
    /// <param name="other">Not changed.</param>
    /// <param name="inputs">A tensor of this graph for each input of the other, by its name.</param>
    /// <returns>The tensors that stand for the other graph's outputs, by their names there.</returns>
    /// <exception cref="ArgumentException">An input is missing or of another type, or what is given does not fit the other graph's nodes.</exception>
    public IReadOnlyDictionary<string, Tensor> Insert(Graph other, IReadOnlyDictionary<string, Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(inputs);
        var copies = new Dictionary<Tensor, Tensor>();
        foreach (var input in other.Inputs)
        {
            if (!inputs.TryGetValue(input.Name, out var given)) throw new ArgumentException($"Graph '{other.Name}' needs {input}; nothing is given for it.", nameof(inputs));
            if (given.Type != input.Type) throw new ArgumentException($"Graph '{other.Name}' needs {input}; {given} is given for it.", nameof(inputs));
            copies.Add(input, given);
        }
        foreach (var node in other.Needed().Nodes)
        {
            var outputs = Apply(node.Operator, [.. node.Inputs.Select(input => input is null ? null : Copy(input))], node.Attributes);
            foreach (var (original, copy) in node.Outputs.Zip(outputs)) copies.Add(original, copy);
        }
        return other.Outputs.ToDictionary(output => output.Name, Copy, StringComparer.Ordinal);

        Tensor Copy(Tensor original)
        {
            if (copies.TryGetValue(original, out var known)) return known;
            var copy = original.Kind == TensorKind.Constant ? Constant(original.Data!) : Weight(original);
            copies.Add(original, copy);
            return copy;
        }

        Tensor Weight(Tensor original)
        {
            if (original.Data is null) return Parameter(original.Name, original.Type, [.. original.Shape]);
            return Find(_names.Qualify(original.Name)) is { Kind: TensorKind.Parameter } known && ReferenceEquals(known.Data, original.Data) ? known : Parameter(original.Name, original.Data);
        }
    }
}
