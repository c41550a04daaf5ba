namespace Karl.Graphs.Internals;

/// <summary>Carries what lies between given and wanted tensors of one graph over into a new one.</summary>
internal sealed class GraphCutter(Graph source, Graph part, IReadOnlyList<Tensor> given, IReadOnlyList<Tensor> wanted)
{
    /// <summary>Every tensor of the source that the part has, with its counterpart.</summary>
    private readonly Dictionary<Tensor, Tensor> _counterparts = [];

    /// <summary>What can be computed from what is given.</summary>
    private readonly HashSet<Tensor> _computable = [];

    private readonly HashSet<Tensor> _needed = [];

    public Graph Cut()
    {
        foreach (var input in given) _counterparts.Add(input, part.Input(input.Name, input.Type, [.. input.Shape]));
        FindComputable();
        var nodes = NeededNodes();
        CheckComplete();
        foreach (var parameter in source.Parameters.Where(IsMissing)) _counterparts.Add(parameter, part.AddParameter(parameter.Name, parameter.Type, parameter.Shape, parameter.Data));
        foreach (var constant in source.Constants.Where(IsMissing)) _counterparts.Add(constant, part.AddConstant(constant.Name, constant.Data!));
        part.Reserve(nodes.SelectMany(node => node.Outputs).Concat(_needed).Select(tensor => tensor.Name));
        foreach (var node in nodes) Repeat(node);
        foreach (var output in wanted) part.AddOutput(output.Name == Counterpart(output).Name ? Counterpart(output) : Counterpart(output).Named(output.Name));
        return part;
    }

    private bool IsMissing(Tensor tensor) => _needed.Contains(tensor) && !_counterparts.ContainsKey(tensor);

    private void FindComputable()
    {
        _computable.UnionWith(given.Concat(source.Parameters).Concat(source.Constants));
        foreach (var node in source.Nodes)
        {
            if (node.Inputs.All(input => input is null || _computable.Contains(input))) _computable.UnionWith(node.Outputs);
        }
    }

    private List<Node> NeededNodes()
    {
        var nodes = new List<Node>();
        foreach (var output in wanted) _needed.Add(output);
        for (var index = source.Nodes.Count - 1; index >= 0; index--)
        {
            var node = source.Nodes[index];
            if (!node.Outputs.Any(output => IsMissing(output) && !IsReplaced(output))) continue;
            nodes.Add(node);
            foreach (var input in node.Inputs)
            {
                if (input is not null) _needed.Add(input);
            }
        }
        nodes.Reverse();
        return nodes;
    }

    /// <summary>Whether a tensor stands for lengths whose way of computing is cut off, but which the new inputs have on their axes.</summary>
    private bool IsReplaced(Tensor tensor) =>
        !_computable.Contains(tensor) && tensor.Lengths is { } lengths && lengths.All(part.KnowsLength);

    private void CheckComplete()
    {
        var missing = source.Inputs.Where(input => IsMissing(input) && !IsReplaced(input)).ToList();
        if (missing.Count == 0) return;
        throw new ArgumentException(
            $"Graph '{source.Name}': {Names(wanted)} cannot be computed from {(given.Count > 0 ? Names(given) : "weights alone")}: "
            + $"{string.Join("; ", missing.Select(tensor => $"{tensor} is needed too"))}. Name it among the inputs, or a tensor nearer to the outputs.");
    }

    private void Repeat(Node node)
    {
        var inputs = node.Inputs.Select(input => input is null ? null : Counterpart(input)).ToList();
        var names = node.Outputs.Select(output => _counterparts.ContainsKey(output) ? null : output.Name).ToList();
        var outputs = part.Apply(node.Operator, inputs, node.Attributes, names, $"{node.Operator} '{node.Name}'");
        foreach (var (original, copy) in node.Outputs.Zip(outputs))
        {
            if (!_counterparts.TryAdd(original, copy)) continue;
            copy.HasAutomaticName |= original.HasAutomaticName;
        }
    }

    private Tensor Counterpart(Tensor tensor)
    {
        if (_counterparts.TryGetValue(tensor, out var known)) return known;
        var lengths = part.LengthsOf(tensor.Lengths!);
        var shaped = tensor.Rank == 0 ? lengths.Squeeze(0) : lengths;
        return _counterparts[tensor] = shaped.Cast(tensor.Type);
    }

    private static string Names(IEnumerable<Tensor> tensors) => string.Join(", ", tensors.Select(tensor => $"'{tensor.Name}'"));
}
